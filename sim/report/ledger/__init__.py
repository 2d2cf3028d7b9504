"""The claims ledger as it is told: in the terminal, as a page, as tables."""
