"""The only threads and processes: turns, pools, workers."""
