"""Derivatives, limits and descents of formulas: the only SymPy and mpmath; runs only in the worker process."""
