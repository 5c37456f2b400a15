"""The limit behind a derivative, line by line."""
