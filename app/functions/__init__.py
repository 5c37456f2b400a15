"""What one can ask of a formula; the only importer of core.calculus."""
