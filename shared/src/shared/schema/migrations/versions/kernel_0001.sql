-- The tables every service has besides its own, as revision 0001 makes them.

CREATE TABLE audit_entries (
    id UUID NOT NULL,
    at TIMESTAMP WITH TIME ZONE NOT NULL,
    actor TEXT NOT NULL,
    roles TEXT[] NOT NULL,
    action TEXT NOT NULL,
    subject_kind TEXT NOT NULL,
    subject_id UUID NOT NULL,
    authority TEXT,
    correlation_id UUID NOT NULL,
    CONSTRAINT pk_audit_entries PRIMARY KEY (id)
);
CREATE INDEX ix_audit_entries_subject ON audit_entries (subject_id, at);

CREATE TABLE consumer_progress (
    consumer TEXT NOT NULL,
    topic TEXT NOT NULL,
    partition INTEGER NOT NULL,
    epoch BIGINT NOT NULL,
    next_offset BIGINT NOT NULL,
    last_sequence BIGINT NOT NULL,
    CONSTRAINT pk_consumer_progress PRIMARY KEY (consumer, topic, partition)
);

CREATE TABLE duties (
    id UUID NOT NULL,
    rule TEXT NOT NULL,
    regime TEXT NOT NULL,
    regime_from DATE NOT NULL,
    edition TEXT NOT NULL,
    edition_hash TEXT NOT NULL,
    rule_text TEXT NOT NULL,
    citation TEXT NOT NULL,
    calendar TEXT,
    subject_kind TEXT NOT NULL,
    subject_id UUID NOT NULL,
    case_id UUID,
    owner_role TEXT NOT NULL,
    owner_agency TEXT,
    owner_person UUID,
    started_by TEXT NOT NULL,
    facts JSONB NOT NULL,
    opened_at TIMESTAMP WITH TIME ZONE NOT NULL,
    started_on DATE NOT NULL,
    due_on DATE NOT NULL,
    due_at TIMESTAMP WITH TIME ZONE NOT NULL,
    state TEXT NOT NULL,
    pauses JSONB NOT NULL,
    paused_on DATE,
    pause_reason TEXT,
    met_on DATE,
    met_at TIMESTAMP WITH TIME ZONE,
    explanation JSONB NOT NULL,
    version INTEGER NOT NULL,
    CONSTRAINT pk_duties PRIMARY KEY (id),
    CONSTRAINT ck_duties_known_state CHECK (state IN ('open', 'paused', 'met', 'met-late', 'reopened', 'canceled'))
);
CREATE INDEX ix_duties_agency_due ON duties (owner_agency, due_at, id);
CREATE INDEX ix_duties_case ON duties (case_id);
CREATE INDEX ix_duties_due ON duties (due_at, id);
CREATE INDEX ix_duties_person_due ON duties (owner_person, due_at, id);
CREATE INDEX ix_duties_state_due ON duties (state, due_at, id);
CREATE INDEX ix_duties_subject ON duties (subject_id, rule);
CREATE UNIQUE INDEX uq_duties_start ON duties (rule, subject_kind, subject_id, started_by, started_on) WHERE state <> 'canceled';

CREATE TABLE event_log (
    sequence BIGINT NOT NULL,
    event_id UUID NOT NULL,
    type TEXT NOT NULL,
    schema_version BIGINT NOT NULL,
    subject_kind TEXT NOT NULL,
    subject_id UUID NOT NULL,
    occurred_at TIMESTAMP WITH TIME ZONE NOT NULL,
    correlation_id UUID NOT NULL,
    causation_id UUID,
    data BYTEA NOT NULL,
    traceparent TEXT,
    partition SMALLINT NOT NULL,
    previous_sequence BIGINT NOT NULL,
    CONSTRAINT pk_event_log PRIMARY KEY (sequence),
    CONSTRAINT ck_event_log_previous_is_before CHECK (previous_sequence < sequence)
)
 PARTITION BY RANGE (sequence);

CREATE TABLE idempotency_keys (
    actor TEXT NOT NULL,
    key TEXT NOT NULL,
    request_hash BYTEA NOT NULL,
    status SMALLINT,
    headers JSONB,
    body BYTEA,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_idempotency_keys PRIMARY KEY (actor, key)
);
CREATE INDEX ix_idempotency_keys_created_at ON idempotency_keys (created_at);

CREATE TABLE leases (
    name TEXT NOT NULL,
    owner UUID NOT NULL,
    term BIGINT NOT NULL,
    expires_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_leases PRIMARY KEY (name)
);

CREATE TABLE outbox (
    id BIGINT GENERATED ALWAYS AS IDENTITY (CACHE 1),
    event_id UUID NOT NULL,
    type TEXT NOT NULL,
    schema_version BIGINT NOT NULL,
    subject_kind TEXT NOT NULL,
    subject_id UUID NOT NULL,
    occurred_at TIMESTAMP WITH TIME ZONE NOT NULL,
    correlation_id UUID NOT NULL,
    causation_id UUID,
    data BYTEA NOT NULL,
    traceparent TEXT,
    CONSTRAINT pk_outbox PRIMARY KEY (id)
);

CREATE TABLE parked_messages (
    id UUID NOT NULL,
    consumer TEXT NOT NULL,
    topic TEXT NOT NULL,
    partition INTEGER NOT NULL,
    record_offset BIGINT NOT NULL,
    epoch BIGINT,
    sequence BIGINT,
    subject_id UUID,
    event_id UUID,
    type TEXT,
    record BYTEA NOT NULL,
    reason TEXT NOT NULL,
    error TEXT NOT NULL,
    state TEXT NOT NULL,
    attempts INTEGER NOT NULL,
    parked_at TIMESTAMP WITH TIME ZONE NOT NULL,
    next_attempt_at TIMESTAMP WITH TIME ZONE NOT NULL,
    resolved_at TIMESTAMP WITH TIME ZONE,
    resolved_by TEXT,
    resolved_why TEXT,
    CONSTRAINT pk_parked_messages PRIMARY KEY (id),
    CONSTRAINT uq_parked_messages_consumer_topic_epoch_sequence UNIQUE (consumer, topic, epoch, sequence),
    CONSTRAINT ck_parked_messages_state_is_known CHECK (state IN ('waiting', 'dead', 'resolved', 'discarded')),
    CONSTRAINT ck_parked_messages_place_is_whole CHECK ((epoch IS NULL) = (sequence IS NULL))
);
CREATE INDEX ix_parked_messages_queue ON parked_messages (consumer, topic, subject_id, epoch, sequence) WHERE state IN ('waiting', 'dead');

CREATE TABLE publication (
    id SMALLINT NOT NULL,
    epoch BIGINT NOT NULL,
    term BIGINT NOT NULL,
    sequenced_through BIGINT NOT NULL,
    tails BIGINT[] NOT NULL,
    partition_count SMALLINT NOT NULL,
    system_identifier BIGINT NOT NULL,
    timeline BIGINT NOT NULL,
    CONSTRAINT pk_publication PRIMARY KEY (id),
    CONSTRAINT ck_publication_one_row CHECK (id = 1),
    CONSTRAINT ck_publication_one_tail_per_partition CHECK (cardinality(tails) = partition_count)
);

CREATE TABLE published (
    id SMALLINT NOT NULL,
    published_through BIGINT NOT NULL,
    CONSTRAINT pk_published PRIMARY KEY (id),
    CONSTRAINT ck_published_one_row CHECK (id = 1)
);

CREATE TABLE duty_changes (
    id UUID NOT NULL,
    duty_id UUID NOT NULL,
    version INTEGER NOT NULL,
    change TEXT NOT NULL,
    state TEXT NOT NULL,
    due_on DATE NOT NULL,
    owner_role TEXT NOT NULL,
    owner_agency TEXT,
    owner_person UUID,
    happened_on DATE NOT NULL,
    recorded_at TIMESTAMP WITH TIME ZONE NOT NULL,
    actor TEXT NOT NULL,
    reason TEXT,
    evidence TEXT,
    CONSTRAINT pk_duty_changes PRIMARY KEY (id),
    CONSTRAINT ck_duty_changes_known_state CHECK (state IN ('open', 'paused', 'met', 'met-late', 'reopened', 'canceled')),
    CONSTRAINT fk_duty_changes_duty_id FOREIGN KEY(duty_id) REFERENCES duties (id)
);
CREATE UNIQUE INDEX uq_duty_changes_version ON duty_changes (duty_id, version);
