"""The only SQLAlchemy: tables, runs, past, states."""
