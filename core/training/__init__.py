"""Training as pure functions: state, batches, advance, sweep, optimizers, diagnostics; from network and samples."""
