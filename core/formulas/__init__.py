"""A typed formula → a tree, printed and compiled; no SymPy, no mpmath."""
