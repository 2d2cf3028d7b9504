"""The parts of `sim.compose`: where options are kept, how Hydra reads them, how a user's mistakes are worded."""
