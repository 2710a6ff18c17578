-- Answers kept for repeated requests give nothing away: keyed hashes, and bodies under seal.
-- Those kept so far lie in the clear, and are forgotten: a request repeated across the migration
-- is done anew.

TRUNCATE idempotency_keys;
ALTER TABLE idempotency_keys DROP CONSTRAINT pk_idempotency_keys;
ALTER TABLE idempotency_keys DROP COLUMN key;
ALTER TABLE idempotency_keys DROP COLUMN body;
ALTER TABLE idempotency_keys ADD COLUMN id UUID NOT NULL;
ALTER TABLE idempotency_keys ADD COLUMN key_hash BYTEA NOT NULL;
ALTER TABLE idempotency_keys ADD COLUMN body_sealed BYTEA;
ALTER TABLE idempotency_keys ADD COLUMN subjects JSONB;
ALTER TABLE idempotency_keys ADD CONSTRAINT pk_idempotency_keys PRIMARY KEY (actor, key_hash);
