"""The market: accounts as columns, rules as small compiled functions, one loop that runs the weeks."""
