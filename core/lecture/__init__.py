"""Data only: the lecture's slides, its presets, its examples, its symbols and what it asks."""
