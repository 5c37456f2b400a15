"""What one can ask of the loss around a network's parameters."""
