"""What one can do with a run: create, step, play, read, download; no SQL, no threads."""
