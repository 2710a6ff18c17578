-- The law kept by its content, the clerk's notices, and changes of the law.
--
-- An explanation is counted again from the law that is kept, instead of being stored with every
-- duty: a hundred bytes of a row instead of kilobytes.

CREATE TABLE kept_laws (
    hash TEXT NOT NULL,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    content TEXT NOT NULL,
    kept_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_kept_laws PRIMARY KEY (hash),
    CONSTRAINT ck_kept_laws_kind_is_known CHECK (kind IN ('edition', 'calendar'))
);

ALTER TABLE duties
    DROP COLUMN explanation,
    ADD COLUMN calendar_hash TEXT,
    ADD COLUMN was_due_on DATE,
    ADD COLUMN next_step SMALLINT NOT NULL DEFAULT 1,
    ADD COLUMN next_look_at TIMESTAMP WITH TIME ZONE;
ALTER TABLE duties ALTER COLUMN next_step DROP DEFAULT;
UPDATE duties SET next_look_at = opened_at WHERE state IN ('open', 'reopened');

CREATE INDEX ix_duties_agency_unmet ON duties (owner_agency, due_at, id)
    WHERE state IN ('open', 'paused', 'reopened');
CREATE INDEX ix_duties_next_look ON duties (next_look_at, id) WHERE next_look_at IS NOT NULL;
CREATE INDEX ix_duties_person_unmet ON duties (owner_person, due_at, id)
    WHERE state IN ('open', 'paused', 'reopened');
CREATE INDEX ix_duties_unmet ON duties (due_at, id)
    WHERE state IN ('open', 'paused', 'reopened');
CREATE INDEX ix_duties_unmet_id ON duties (id)
    WHERE state IN ('open', 'paused', 'reopened');

CREATE TABLE duty_notices (
    duty_id UUID NOT NULL,
    due_on DATE NOT NULL,
    kind TEXT NOT NULL,
    notify TEXT NOT NULL,
    days SMALLINT NOT NULL,
    owner TEXT NOT NULL,
    step SMALLINT NOT NULL,
    given_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_duty_notices PRIMARY KEY (duty_id, due_on, kind, notify, days, owner),
    CONSTRAINT fk_duty_notices_duty_id FOREIGN KEY (duty_id) REFERENCES duties (id),
    CONSTRAINT ck_duty_notices_kind_is_known CHECK (kind IN ('due-soon', 'overdue'))
);

CREATE TABLE law_changes (
    id UUID NOT NULL,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    hash TEXT NOT NULL,
    reason TEXT NOT NULL,
    actor TEXT NOT NULL,
    started_at TIMESTAMP WITH TIME ZONE NOT NULL,
    finished_at TIMESTAMP WITH TIME ZONE,
    looked_through UUID,
    looked_at BIGINT NOT NULL,
    moved BIGINT NOT NULL,
    ended BIGINT NOT NULL,
    left_alone BIGINT NOT NULL,
    CONSTRAINT pk_law_changes PRIMARY KEY (id),
    CONSTRAINT ck_law_changes_kind_is_known CHECK (kind IN ('edition', 'calendar'))
);
CREATE UNIQUE INDEX uq_law_changes_unfinished ON law_changes (kind, hash)
    WHERE finished_at IS NULL;
