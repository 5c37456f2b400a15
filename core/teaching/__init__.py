"""What a teacher shows of one update: every number of it, the Jacobians, why a number is what it is, exercises."""
