"""Drafts to appeals: every move of an application; certifications that change after the grant.

What stood before is carried over as far as it is known: a file keeps the moves that its dates
tell, a certification gets its grant as its first change.
"""

from alembic import op

revision = "0006_certification_in_depth"
down_revision = "0003_items_sent_back"

APPLICATIONS = (
    """
    ALTER TABLE applications
        ALTER COLUMN received_on DROP NOT NULL,
        ADD COLUMN purpose text NOT NULL DEFAULT 'new',
        ADD COLUMN certification_id uuid,
        ADD COLUMN entity_type text,
        ADD COLUMN live_scan text,
        ADD COLUMN status_token_hash bytea,
        DROP CONSTRAINT ck_applications_known_state,
        ADD CONSTRAINT ck_applications_known_state CHECK (state IN (
            'draft', 'submitted', 'incomplete', 'waiting-on-applicant', 'complete', 'in-review',
            'decided', 'withdrawn', 'abandoned')),
        ADD CONSTRAINT ck_applications_known_purpose
            CHECK (purpose IN ('new', 'renewal', 'upgrade')),
        ADD CONSTRAINT ck_applications_certification_of_purpose
            CHECK ((purpose = 'new') = (certification_id IS NULL)),
        ADD CONSTRAINT ck_applications_known_live_scan
            CHECK (live_scan IN ('sent', 'received', 'cleared', 'hold')),
        ADD CONSTRAINT ck_applications_received_once_submitted
            CHECK (state <> 'draft' OR received_on IS NULL)
    """,
    """
    CREATE INDEX ix_applications_undecided ON applications (completed_at, id)
        WHERE state IN ('complete', 'in-review')
    """,
    "CREATE INDEX ix_applications_reviewer ON applications (reviewer_id, state)",
    "CREATE INDEX ix_applications_state ON applications (state, id)",
    "CREATE INDEX ix_applications_holder ON applications (holder_id)",
    "CREATE UNIQUE INDEX ix_applications_status_token ON applications (status_token_hash)",
    """
    CREATE TABLE application_moves (
        application_id uuid NOT NULL
            CONSTRAINT fk_application_moves_application_id_applications REFERENCES applications,
        number integer NOT NULL,
        at timestamptz NOT NULL,
        move text NOT NULL,
        from_state text,
        to_state text NOT NULL,
        by text NOT NULL,
        CONSTRAINT pk_application_moves PRIMARY KEY (application_id, number)
    )
    """,
    "CREATE INDEX ix_application_moves_at ON application_moves (at)",
    """
    INSERT INTO application_moves (application_id, number, at, move, from_state, to_state, by)
    SELECT id, 1, received_on::timestamp AT TIME ZONE 'America/Los_Angeles',
           'submit', NULL, 'submitted', applicant_id::text
    FROM applications
    """,
    """
    INSERT INTO application_moves (application_id, number, at, move, from_state, to_state, by)
    SELECT id, 2, completed_at, 'complete', 'submitted', 'complete', 'unknown'
    FROM applications WHERE completed_at IS NOT NULL
    """,
    """
    INSERT INTO application_moves (application_id, number, at, move, from_state, to_state, by)
    SELECT applications.id, CASE WHEN completed_at IS NULL THEN 2 ELSE 3 END,
           coalesce(d.decided_at, now()),
           CASE state WHEN 'decided' THEN 'decide' ELSE 'send a deficiency notice' END,
           CASE WHEN completed_at IS NULL THEN 'submitted' ELSE 'complete' END,
           state, coalesce(d.decided_by, 'unknown')
    FROM applications LEFT JOIN decisions d ON d.application_id = applications.id
    WHERE state IN ('decided', 'waiting-on-applicant')
    """,
)
DOCUMENTS = (
    """
    ALTER TABLE documents
        DROP CONSTRAINT pk_documents,
        ADD COLUMN id uuid NOT NULL DEFAULT gen_random_uuid(),
        ADD COLUMN sha256 text,
        ADD COLUMN size_bytes bigint,
        ADD COLUMN media_type text,
        ADD COLUMN content_at timestamptz,
        ADD COLUMN review text NOT NULL DEFAULT 'received',
        ADD COLUMN review_reason text,
        ADD COLUMN reviewed_at timestamptz,
        ADD COLUMN reviewed_by text,
        ADD COLUMN superseded_at timestamptz,
        ADD CONSTRAINT pk_documents PRIMARY KEY (id),
        ADD CONSTRAINT ck_documents_known_review
            CHECK (review IN ('received', 'accepted', 'returned'))
    """,
    "ALTER TABLE documents ALTER COLUMN id DROP DEFAULT",
    """
    CREATE UNIQUE INDEX uq_documents_standing ON documents (application_id, item)
        WHERE superseded_at IS NULL
    """,
    "CREATE INDEX ix_documents_application ON documents (application_id, id)",
)
REVIEWS = (
    "ALTER TABLE assignments ADD COLUMN ended_at timestamptz",
    "CREATE INDEX ix_assignments_reviewer ON assignments (reviewer_id, assigned_at)",
    """
    ALTER TABLE decisions
        DROP CONSTRAINT uq_decisions_application_id,
        ADD COLUMN level text,
        ADD COLUMN superseded_at timestamptz
    """,
    """
    UPDATE decisions SET level = applications.level
    FROM applications WHERE applications.id = decisions.application_id
    """,
    """
    CREATE UNIQUE INDEX uq_decisions_standing ON decisions (application_id)
        WHERE superseded_at IS NULL
    """,
    "CREATE INDEX ix_decisions_decided ON decisions (decided_at)",
    """
    CREATE TABLE appeals (
        id uuid NOT NULL CONSTRAINT pk_appeals PRIMARY KEY,
        application_id uuid NOT NULL
            CONSTRAINT fk_appeals_application_id_applications REFERENCES applications,
        decision_id uuid NOT NULL
            CONSTRAINT fk_appeals_decision_id_decisions REFERENCES decisions,
        filed_on date NOT NULL,
        grounds text NOT NULL,
        outcome text,
        reasons text[] NOT NULL DEFAULT '{}',
        decided_at timestamptz,
        decided_by text,
        CONSTRAINT uq_appeals_decision_id UNIQUE (decision_id),
        CONSTRAINT ck_appeals_known_outcome CHECK (outcome IN ('upheld', 'reversed'))
    )
    """,
    "CREATE INDEX ix_appeals_application ON appeals (application_id, id)",
    """
    CREATE TABLE conflicts_of_interest (
        id uuid NOT NULL CONSTRAINT pk_conflicts_of_interest PRIMARY KEY,
        reviewer_id uuid NOT NULL,
        holder_id uuid NOT NULL,
        reason text NOT NULL,
        declared_at timestamptz NOT NULL,
        declared_by text NOT NULL,
        ended_at timestamptz
    )
    """,
    "CREATE INDEX ix_conflicts_of_interest_holder ON conflicts_of_interest (holder_id)",
    "CREATE INDEX ix_conflicts_of_interest_reviewer ON conflicts_of_interest (reviewer_id, id)",
)
HOLDERS = (
    "ALTER TABLE programs ADD COLUMN applicant_id uuid",
    """
    UPDATE programs SET applicant_id = applications.applicant_id
    FROM applications WHERE applications.holder_id = programs.id
    """,
    """
    CREATE TABLE providers (
        id uuid NOT NULL CONSTRAINT pk_providers PRIMARY KEY,
        name text NOT NULL,
        applicant_id uuid,
        version integer NOT NULL
    )
    """,
    """
    INSERT INTO providers (id, name, applicant_id, version)
    SELECT c.holder_id, a.name, a.applicant_id, 1
    FROM certifications c JOIN applications a ON a.id = c.application_id
    WHERE c.kind = 'provider'
    """,
)
CERTIFICATIONS = (
    """
    ALTER TABLE certifications
        ALTER COLUMN application_id DROP NOT NULL,
        ALTER COLUMN decision_id DROP NOT NULL,
        DROP CONSTRAINT uq_certifications_number,
        ADD COLUMN conditions text[] NOT NULL DEFAULT '{}'
    """,
    "CREATE INDEX ix_certifications_number ON certifications (number)",
    """
    UPDATE certifications SET conditions = d.conditions
    FROM decisions d WHERE d.id = certifications.decision_id
    """,
    """
    CREATE TABLE certification_changes (
        certification_id uuid NOT NULL CONSTRAINT
            fk_certification_changes_certification_id_certifications REFERENCES certifications,
        number integer NOT NULL,
        change text NOT NULL,
        effective_on date NOT NULL,
        effective_from date NOT NULL,
        effective_until date NOT NULL,
        reasons text[] NOT NULL,
        recorded_at timestamptz NOT NULL,
        recorded_by text NOT NULL,
        CONSTRAINT pk_certification_changes PRIMARY KEY (certification_id, number),
        CONSTRAINT ck_certification_changes_known_change CHECK (change IN (
            'granted', 'corrected', 'suspended', 'reinstated', 'revoked', 'surrendered',
            'renewed', 'upgraded', 'expired', 'voided'))
    )
    """,
    """
    INSERT INTO certification_changes
    SELECT c.id, 1, 'granted', c.effective_from, c.effective_from, c.effective_until, '{}',
           d.decided_at, d.decided_by
    FROM certifications c JOIN decisions d ON d.id = c.decision_id
    """,
    """
    CREATE TABLE certification_standings (
        certification_id uuid NOT NULL CONSTRAINT
            fk_certification_standings_certification_id_certifications REFERENCES certifications,
        holder_id uuid NOT NULL,
        kind text NOT NULL,
        number text NOT NULL,
        level text,
        status text NOT NULL,
        effective_from date NOT NULL,
        effective_until date,
        certified_since date,
        is_announced boolean NOT NULL DEFAULT true,
        CONSTRAINT pk_certification_standings PRIMARY KEY (certification_id, effective_from),
        CONSTRAINT ck_certification_standings_known_status CHECK (status IN (
            'certified', 'suspended', 'revoked', 'surrendered', 'replaced', 'expired', 'voided'))
    )
    """,
    """
    INSERT INTO certification_standings
    SELECT id, holder_id, kind, number, level, 'certified', effective_from, effective_until,
           effective_from, true
    FROM certifications
    UNION ALL
    SELECT id, holder_id, kind, number, level, 'expired', effective_until, NULL, NULL, false
    FROM certifications
    """,
    """
    CREATE INDEX ix_certification_standings_holder
        ON certification_standings (holder_id, effective_from)
    """,
    """
    CREATE INDEX ix_certification_standings_number
        ON certification_standings (number, effective_from)
    """,
    """
    CREATE INDEX ix_certification_standings_unannounced
        ON certification_standings (effective_from) WHERE NOT is_announced
    """,
    """
    CREATE TABLE supervision_agreements (
        id uuid NOT NULL CONSTRAINT pk_supervision_agreements PRIMARY KEY,
        supervisee_id uuid NOT NULL,
        supervisor_id uuid NOT NULL
            CONSTRAINT fk_supervision_agreements_supervisor_id_providers REFERENCES providers,
        signed_on date NOT NULL,
        effective_from date NOT NULL,
        effective_until date,
        recorded_at timestamptz NOT NULL,
        recorded_by text NOT NULL,
        version integer NOT NULL,
        CONSTRAINT ck_supervision_agreements_span CHECK (effective_from < effective_until),
        CONSTRAINT ck_supervision_agreements_two_people CHECK (supervisee_id <> supervisor_id)
    )
    """,
    """
    CREATE INDEX ix_supervision_agreements_supervisor ON supervision_agreements (supervisor_id)
    """,
    """
    CREATE INDEX ix_supervision_agreements_supervisee ON supervision_agreements (supervisee_id)
    """,
)
CREDENTIALS = tuple(
    statement
    for table in ("scorer_credentials", "examiner_standings")
    for statement in (
        f"""
        ALTER TABLE {table}
            ADD COLUMN ended_on date,
            ADD COLUMN ended_because text,
            ADD COLUMN superseded_by uuid,
            ADD COLUMN is_end_announced boolean NOT NULL DEFAULT false,
            ADD COLUMN version integer NOT NULL DEFAULT 1
        """,
        f"""
        CREATE INDEX ix_{table}_unannounced ON {table} (effective_until)
            WHERE NOT is_end_announced
        """,
    )
)


def upgrade() -> None:
    for group in (APPLICATIONS, DOCUMENTS, REVIEWS, HOLDERS, CERTIFICATIONS, CREDENTIALS):
        for statement in group:
            op.execute(statement)


def downgrade() -> None:
    raise NotImplementedError("nothing legal is deleted: restore a backup instead")
