"""Networks in NumPy: layers, activations, losses, initializers, gradient check; imports errors only."""
