"""What is learnt: regression, calibration, the coder on disk and its word on the rules."""
