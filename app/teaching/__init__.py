"""What one can ask of one update, without making it: no SQL, no threads."""
