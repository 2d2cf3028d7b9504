"""The parts of `sim.compose`: where options are kept, how Hydra reads them, how mistakes are worded."""
