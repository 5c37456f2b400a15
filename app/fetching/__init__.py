"""MNIST onto this machine, with its progress."""
