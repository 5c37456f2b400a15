"""What answers are made of: numbers that may be missing where they are not finite."""

Numbers = list[float | None]
Rows = list[list[float | None]]
