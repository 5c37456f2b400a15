"""The labs with pencil and paper: numbers to compute, how answers are read and judged, and what a mistake leads to."""
