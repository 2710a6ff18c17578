-- Work items: what somebody must look at, opened once by one fact and resolved in place.

CREATE TABLE work_items (
    id UUID NOT NULL,
    kind TEXT NOT NULL,
    subject_kind TEXT NOT NULL,
    subject_id UUID NOT NULL,
    case_id UUID,
    owner_role TEXT NOT NULL,
    owner_agency TEXT,
    owner_unit TEXT,
    owner_person UUID,
    because TEXT NOT NULL,
    evidence_kind TEXT NOT NULL,
    evidence_id UUID NOT NULL,
    fact_id UUID NOT NULL,
    effective_on DATE,
    opened_at TIMESTAMP WITH TIME ZONE NOT NULL,
    resolution TEXT,
    resolved_at TIMESTAMP WITH TIME ZONE,
    resolved_by TEXT,
    version INTEGER NOT NULL,
    CONSTRAINT pk_work_items PRIMARY KEY (id),
    CONSTRAINT ck_work_items_resolved_whole CHECK ((resolved_at IS NULL) = (resolution IS NULL) AND (resolved_at IS NULL) = (resolved_by IS NULL))
);
CREATE UNIQUE INDEX uq_work_items_fact ON work_items (kind, subject_kind, subject_id, fact_id);
CREATE UNIQUE INDEX uq_work_items_open
    ON work_items (kind, subject_kind, subject_id, evidence_kind, evidence_id)
    WHERE resolved_at IS NULL;
CREATE INDEX ix_work_items_opened ON work_items (opened_at, id);
CREATE INDEX ix_work_items_subject ON work_items (subject_id);
CREATE INDEX ix_work_items_case ON work_items (case_id);
CREATE INDEX ix_work_items_open ON work_items (opened_at, id) WHERE resolved_at IS NULL;
CREATE INDEX ix_work_items_agency_open ON work_items (owner_agency, opened_at, id)
    WHERE resolved_at IS NULL;
CREATE INDEX ix_work_items_person_open ON work_items (owner_person, opened_at, id)
    WHERE resolved_at IS NULL;
