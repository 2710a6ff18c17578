-- What the broker refused for its own sake, a log that went back, and what a consumer applied.

CREATE TABLE withheld_records (
    sequence BIGINT NOT NULL,
    epoch BIGINT NOT NULL,
    partition SMALLINT NOT NULL,
    event_id UUID NOT NULL,
    type TEXT NOT NULL,
    reason TEXT NOT NULL,
    attempts INTEGER NOT NULL,
    withheld_at TIMESTAMP WITH TIME ZONE NOT NULL,
    is_to_be_resent BOOLEAN NOT NULL,
    CONSTRAINT pk_withheld_records PRIMARY KEY (sequence)
);

ALTER TABLE publication
    ADD COLUMN refused_at TIMESTAMP WITH TIME ZONE,
    ADD COLUMN refused_because TEXT,
    ADD CONSTRAINT ck_publication_refusal_is_whole
        CHECK ((refused_at IS NULL) = (refused_because IS NULL));

CREATE TABLE applied_events (
    consumer TEXT NOT NULL,
    topic TEXT NOT NULL,
    epoch BIGINT NOT NULL,
    sequence BIGINT NOT NULL,
    previous_sequence BIGINT NOT NULL,
    partition INTEGER NOT NULL,
    event_id UUID NOT NULL,
    type TEXT NOT NULL,
    subject_id UUID NOT NULL,
    data BYTEA NOT NULL,
    applied_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_applied_events PRIMARY KEY (consumer, topic, epoch, sequence)
);
CREATE INDEX ix_applied_events_applied_at ON applied_events USING brin (applied_at);
