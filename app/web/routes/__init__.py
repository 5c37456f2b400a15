"""The doors: each validates, calls one function, answers."""
