"""The web door of Downhill: translates requests, delegates to the core, answers."""

__version__ = "0.1.0"
