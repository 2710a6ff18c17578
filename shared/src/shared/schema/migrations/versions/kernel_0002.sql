-- Epochs of the log, who reads it, and a desk for what was set aside.

CREATE TABLE log_epochs (
    epoch BIGINT NOT NULL,
    began_after BIGINT NOT NULL,
    tails BIGINT[] NOT NULL,
    began_at TIMESTAMP WITH TIME ZONE NOT NULL,
    begun_by TEXT NOT NULL,
    reason TEXT NOT NULL,
    CONSTRAINT pk_log_epochs PRIMARY KEY (epoch)
);

CREATE TABLE event_readers (
    name TEXT NOT NULL,
    owner TEXT NOT NULL,
    epoch BIGINT NOT NULL,
    last_sequences BIGINT[] NOT NULL,
    registered_at TIMESTAMP WITH TIME ZONE NOT NULL,
    reported_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_event_readers PRIMARY KEY (name)
);

CREATE INDEX ix_event_log_subject ON event_log (subject_id, sequence);

ALTER TABLE parked_messages DROP CONSTRAINT ck_parked_messages_state_is_known;
ALTER TABLE parked_messages ADD CONSTRAINT ck_parked_messages_state_is_known
    CHECK (state IN ('waiting', 'dead', 'resolved', 'skipped', 'discarded'));
CREATE INDEX ix_parked_messages_listed ON parked_messages (state, parked_at, id);
CREATE UNIQUE INDEX uq_parked_messages_bytes
    ON parked_messages (consumer, topic, partition, record_offset, md5(record))
    WHERE sequence IS NULL;
