"""Patterns: what is known of companies like these before anything is asked of the model, and whether it shows it."""
