"""Questions asked of the model: designs, runs, and what can be concluded from them."""
