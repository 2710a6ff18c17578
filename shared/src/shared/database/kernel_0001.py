"""The kernel's tables as plain SQL, for the first migration of every service.

Frozen once released: a later change is a new migration. A test compares them with the metadata.
"""

LEASES = (
    """
    CREATE TABLE leases (
        name text NOT NULL,
        owner uuid NOT NULL,
        term bigint NOT NULL,
        expires_at timestamptz NOT NULL,
        CONSTRAINT pk_leases PRIMARY KEY (name)
    )
    """,
)

EVENT_LOG = (
    """
    CREATE TABLE event_log (
        sequence bigint NOT NULL,
        event_id uuid NOT NULL,
        type text NOT NULL,
        schema_version bigint NOT NULL,
        subject_kind text NOT NULL,
        subject_id uuid NOT NULL,
        occurred_at timestamptz NOT NULL,
        correlation_id uuid NOT NULL,
        causation_id uuid,
        data bytea NOT NULL,
        traceparent text,
        partition smallint NOT NULL,
        previous_sequence bigint NOT NULL,
        CONSTRAINT pk_event_log PRIMARY KEY (sequence),
        CONSTRAINT ck_event_log_previous_is_before CHECK (previous_sequence < sequence)
    ) PARTITION BY RANGE (sequence)
    """,
    """
    CREATE TABLE publication (
        id smallint NOT NULL,
        epoch bigint NOT NULL,
        term bigint NOT NULL,
        sequenced_through bigint NOT NULL,
        tails bigint[] NOT NULL,
        partition_count smallint NOT NULL,
        system_identifier bigint NOT NULL,
        timeline bigint NOT NULL,
        CONSTRAINT pk_publication PRIMARY KEY (id),
        CONSTRAINT ck_publication_one_row CHECK (id = 1),
        CONSTRAINT ck_publication_one_tail_per_partition
            CHECK (cardinality(tails) = partition_count)
    )
    """,
    """
    CREATE TABLE published (
        id smallint NOT NULL,
        published_through bigint NOT NULL,
        CONSTRAINT pk_published PRIMARY KEY (id),
        CONSTRAINT ck_published_one_row CHECK (id = 1)
    )
    """,
)

CONSUMPTION = (
    """
    CREATE TABLE consumer_progress (
        consumer text NOT NULL,
        topic text NOT NULL,
        partition integer NOT NULL,
        epoch bigint NOT NULL,
        next_offset bigint NOT NULL,
        last_sequence bigint NOT NULL,
        CONSTRAINT pk_consumer_progress PRIMARY KEY (consumer, topic, partition)
    )
    """,
    """
    CREATE TABLE parked_messages (
        id uuid NOT NULL,
        consumer text NOT NULL,
        topic text NOT NULL,
        partition integer NOT NULL,
        record_offset bigint NOT NULL,
        epoch bigint,
        sequence bigint,
        subject_id uuid,
        event_id uuid,
        type text,
        record bytea NOT NULL,
        reason text NOT NULL,
        error text NOT NULL,
        state text NOT NULL,
        attempts integer NOT NULL,
        parked_at timestamptz NOT NULL,
        next_attempt_at timestamptz NOT NULL,
        resolved_at timestamptz,
        resolved_by text,
        resolved_why text,
        CONSTRAINT pk_parked_messages PRIMARY KEY (id),
        CONSTRAINT uq_parked_messages_consumer_topic_epoch_sequence
            UNIQUE (consumer, topic, epoch, sequence),
        CONSTRAINT ck_parked_messages_state_is_known
            CHECK (state IN ('waiting', 'dead', 'resolved', 'discarded')),
        CONSTRAINT ck_parked_messages_place_is_whole
            CHECK ((epoch IS NULL) = (sequence IS NULL))
    )
    """,
    """
    CREATE INDEX ix_parked_messages_queue
        ON parked_messages (consumer, topic, subject_id, epoch, sequence)
        WHERE state IN ('waiting', 'dead')
    """,
)

OUTBOX = (
    """
    CREATE TABLE outbox (
        id bigint GENERATED ALWAYS AS IDENTITY (CACHE 1),
        event_id uuid NOT NULL,
        type text NOT NULL,
        schema_version bigint NOT NULL,
        subject_kind text NOT NULL,
        subject_id uuid NOT NULL,
        occurred_at timestamptz NOT NULL,
        correlation_id uuid NOT NULL,
        causation_id uuid,
        data bytea NOT NULL,
        traceparent text,
        CONSTRAINT pk_outbox PRIMARY KEY (id)
    )
    """,
)

MESSAGING: tuple[str, ...] = OUTBOX + LEASES + EVENT_LOG + CONSUMPTION
