"""The tables of the event log and of consumption, which every service has.

Partitions of `event_log` are not part of the metadata: the publisher creates them in advance, named
`event_log_…`, each with its own unique key on the event's id.
"""

from sqlalchemy import (
    ARRAY,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    DateTime,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    SmallInteger,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
    text,
)

OPEN_STATES = "state IN ('waiting', 'dead')"


def attach_log(metadata: MetaData) -> None:
    """Add the event log and its publication state."""
    _event_log(metadata)
    _publication(metadata)
    Table(
        "published",
        metadata,
        Column("id", SmallInteger, primary_key=True, autoincrement=False),
        Column("published_through", BigInteger, nullable=False),
        CheckConstraint("id = 1", name="one_row"),
    )
    _withheld_records(metadata)
    _epochs_and_readers(metadata)


def attach_consumption(metadata: MetaData) -> None:
    """Add the position in each consumed partition, and the parked messages."""
    Table(
        "consumer_progress",
        metadata,
        Column("consumer", Text, primary_key=True),
        Column("topic", Text, primary_key=True),
        Column("partition", Integer, primary_key=True, autoincrement=False),
        Column("epoch", BigInteger, nullable=False),
        Column("next_offset", BigInteger, nullable=False),
        Column("last_sequence", BigInteger, nullable=False),
    )
    _applied_events(metadata)
    _parked_messages(metadata)


def _event_log(metadata: MetaData) -> None:
    Table(
        "event_log",
        metadata,
        Column("sequence", BigInteger, primary_key=True, autoincrement=False),
        Column("event_id", Uuid, nullable=False),
        Column("type", Text, nullable=False),
        Column("schema_version", BigInteger, nullable=False),
        Column("subject_kind", Text, nullable=False),
        Column("subject_id", Uuid, nullable=False),
        Column("occurred_at", DateTime(timezone=True), nullable=False),
        Column("correlation_id", Uuid, nullable=False),
        Column("causation_id", Uuid),
        Column("data", LargeBinary, nullable=False),
        Column("traceparent", Text),
        Column("partition", SmallInteger, nullable=False),
        Column("previous_sequence", BigInteger, nullable=False),
        CheckConstraint("previous_sequence < sequence", name="previous_is_before"),
        Index("ix_event_log_subject", "subject_id", "sequence"),
        postgresql_partition_by="RANGE (sequence)",
    )


def _withheld_records(metadata: MetaData) -> None:
    """The table of events that the broker refused: in the log but not on the topic."""
    Table(
        "withheld_records",
        metadata,
        Column("sequence", BigInteger, primary_key=True, autoincrement=False),
        Column("epoch", BigInteger, nullable=False),
        Column("partition", SmallInteger, nullable=False),
        Column("event_id", Uuid, nullable=False),
        Column("type", Text, nullable=False),
        Column("reason", Text, nullable=False),
        Column("attempts", Integer, nullable=False),
        Column("withheld_at", DateTime(timezone=True), nullable=False),
        Column("is_to_be_resent", Boolean, nullable=False),
    )


def _applied_events(metadata: MetaData) -> None:
    """The table of applied events of other logs, kept as long as a restore may remove them."""
    table = Table(
        "applied_events",
        metadata,
        Column("consumer", Text, primary_key=True),
        Column("topic", Text, primary_key=True),
        Column("epoch", BigInteger, primary_key=True, autoincrement=False),
        Column("sequence", BigInteger, primary_key=True, autoincrement=False),
        Column("previous_sequence", BigInteger, nullable=False),
        Column("partition", Integer, nullable=False),
        Column("event_id", Uuid, nullable=False),
        Column("type", Text, nullable=False),
        Column("subject_id", Uuid, nullable=False),
        Column("data", LargeBinary, nullable=False),
        Column("applied_at", DateTime(timezone=True), nullable=False),
    )
    Index("ix_applied_events_applied_at", table.c.applied_at, postgresql_using="brin")


def _epochs_and_readers(metadata: MetaData) -> None:
    Table(
        "log_epochs",
        metadata,
        Column("epoch", BigInteger, primary_key=True, autoincrement=False),
        Column("began_after", BigInteger, nullable=False),
        Column("tails", ARRAY(BigInteger), nullable=False),
        Column("began_at", DateTime(timezone=True), nullable=False),
        Column("begun_by", Text, nullable=False),
        Column("reason", Text, nullable=False),
    )
    Table(
        "event_readers",
        metadata,
        Column("name", Text, primary_key=True),
        Column("owner", Text, nullable=False),
        Column("epoch", BigInteger, nullable=False),
        Column("last_sequences", ARRAY(BigInteger), nullable=False),
        Column("registered_at", DateTime(timezone=True), nullable=False),
        Column("reported_at", DateTime(timezone=True), nullable=False),
    )


def _publication(metadata: MetaData) -> None:
    Table(
        "publication",
        metadata,
        Column("id", SmallInteger, primary_key=True, autoincrement=False),
        Column("epoch", BigInteger, nullable=False),
        Column("term", BigInteger, nullable=False),
        Column("sequenced_through", BigInteger, nullable=False),
        Column("tails", ARRAY(BigInteger), nullable=False),
        Column("partition_count", SmallInteger, nullable=False),
        Column("system_identifier", BigInteger, nullable=False),
        Column("timeline", BigInteger, nullable=False),
        Column("refused_at", DateTime(timezone=True)),
        Column("refused_because", Text),
        Column("foreign_records", ARRAY(Text), nullable=False, server_default="{}"),
        CheckConstraint("id = 1", name="one_row"),
        CheckConstraint("cardinality(tails) = partition_count", name="one_tail_per_partition"),
        CheckConstraint(
            "(refused_at IS NULL) = (refused_because IS NULL)", name="refusal_is_whole"
        ),
    )


def _parked_messages(metadata: MetaData) -> None:
    table = Table(
        "parked_messages",
        metadata,
        Column("id", Uuid, primary_key=True),
        Column("consumer", Text, nullable=False),
        Column("topic", Text, nullable=False),
        Column("partition", Integer, nullable=False),
        Column("record_offset", BigInteger, nullable=False),
        Column("epoch", BigInteger),
        Column("sequence", BigInteger),
        Column("subject_id", Uuid),
        Column("event_id", Uuid),
        Column("type", Text),
        Column("record", LargeBinary, nullable=False),
        Column("reason", Text, nullable=False),
        Column("error", Text, nullable=False),
        Column("state", Text, nullable=False),
        Column("attempts", Integer, nullable=False),
        Column("parked_at", DateTime(timezone=True), nullable=False),
        Column("next_attempt_at", DateTime(timezone=True), nullable=False),
        Column("resolved_at", DateTime(timezone=True)),
        Column("resolved_by", Text),
        Column("resolved_why", Text),
        UniqueConstraint("consumer", "topic", "epoch", "sequence"),
        CheckConstraint(
            "state IN ('waiting', 'dead', 'resolved', 'skipped', 'discarded')",
            name="state_is_known",
        ),
        CheckConstraint("(epoch IS NULL) = (sequence IS NULL)", name="place_is_whole"),
    )
    _index_parked_messages(table)


def _index_parked_messages(table: Table) -> None:
    queue = (table.c.consumer, table.c.topic, table.c.subject_id, table.c.epoch, table.c.sequence)
    Index("ix_parked_messages_queue", *queue, postgresql_where=text(OPEN_STATES))
    Index("ix_parked_messages_listed", table.c.state, table.c.parked_at, table.c.id)
    place = (table.c.consumer, table.c.topic, table.c.partition, table.c.record_offset)
    Index(
        "uq_parked_messages_bytes",
        *place,
        text("md5(record)"),
        unique=True,
        postgresql_where=table.c.sequence.is_(None),
    )
