"""Calibration: constants that nobody has measured, fitted to patterns that are, and to nothing else."""
