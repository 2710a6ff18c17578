-- What lies at the end of the log's topic and is none of the log's, as its publisher last found it.

ALTER TABLE publication ADD COLUMN foreign_records TEXT[] NOT NULL DEFAULT '{}';
