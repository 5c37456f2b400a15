"""Who watches what: the broker."""
