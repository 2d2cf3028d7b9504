"""The articles' claims as numbers with a side: what is measured, and what the rules say of it."""
