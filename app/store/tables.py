"""The database's tables."""

from sqlalchemy import Column, Float, ForeignKey, Index, Integer, LargeBinary, MetaData, String, Table, Text

metadata = MetaData()


def _run_id() -> Column[str]:
    return Column("run_id", String, ForeignKey("runs.id", ondelete="CASCADE"), primary_key=True)


runs = Table(
    "runs",
    metadata,
    Column("id", String, primary_key=True),
    Column("share_id", String, nullable=False, unique=True),
    Column("created_at", String, nullable=False),
    Column("preset", String),
    Column("configuration", Text, nullable=False),
    Column("status", String, nullable=False),
    Column("step", Integer, nullable=False),
    Column("generation", Integer, nullable=False),
    Column("learning_rate", Float, nullable=False),
    Column("rate", Float),
    Column("loss", Float),
    Column("loss_step", Integer, nullable=False),
    Column("diverged_at", Integer),
    Column("grid", Integer, nullable=False),
    Column("state_bytes", Integer, nullable=False),
    Index("runs_playing", "status"),
)

states = Table(
    "states",
    metadata,
    _run_id(),
    Column("step", Integer, primary_key=True),
    Column("blob", LargeBinary, nullable=False),
)

records = Table(
    "records",
    metadata,
    _run_id(),
    Column("step", Integer, primary_key=True),
    Column("epoch", Integer, nullable=False),
    Column("loss_before", Float),
    Column("loss_after", Float),
    Column("learning_rate", Float, nullable=False),
    Column("batch_size", Integer, nullable=False),
    sqlite_with_rowid=False,
)

evaluations = Table(
    "evaluations",
    metadata,
    _run_id(),
    Column("step", Integer, primary_key=True),
    Column("epoch", Integer, nullable=False),
    Column("train_loss", Float),
    Column("train_accuracy", Float),
    Column("test_loss", Float),
    Column("test_accuracy", Float),
    sqlite_with_rowid=False,
)
