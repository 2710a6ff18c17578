-- The law that was in use, by its content.

CREATE TABLE kept_laws (
    hash TEXT NOT NULL,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    content TEXT NOT NULL,
    kept_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_kept_laws PRIMARY KEY (hash),
    CONSTRAINT ck_kept_laws_kind_is_known CHECK (kind IN ('edition', 'calendar'))
);
