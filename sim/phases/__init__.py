"""The phases of a quarter, steps over the model: how it starts, planning, reviewing, living."""
