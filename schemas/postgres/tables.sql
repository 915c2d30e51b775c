-- The tables through which stores exchange events over PostgreSQL: 'nines sync postgres://...' makes
-- them at first contact where its role may, else an administrator applies this file first:
--   psql -v ON_ERROR_STOP=1 -1 -f tables.sql DATABASE
-- Only SQL that CockroachDB, YugabyteDB and Aurora know too. A stream is what one team shares; no
-- event is ever changed, and nothing is read by a number that the database gives out: a transaction
-- that ends late would be passed over.
CREATE SCHEMA IF NOT EXISTS nines;

CREATE TABLE IF NOT EXISTS nines.schema_version (
  version integer PRIMARY KEY,
  made_at timestamptz NOT NULL DEFAULT now()
);

-- The identity that a stream got at first contact: another one later is another place.
CREATE TABLE IF NOT EXISTS nines.stream (
  stream text PRIMARY KEY,
  remote uuid NOT NULL,
  made_at timestamptz NOT NULL DEFAULT now()
);

-- Whose logs are here.
CREATE TABLE IF NOT EXISTS nines.replica (
  stream text NOT NULL,
  replica uuid NOT NULL,
  PRIMARY KEY (stream, replica)
);

-- hash: of the whole event, which covers that of the one before. header: JSON, without what follows
-- from its place.
CREATE TABLE IF NOT EXISTS nines.event (
  stream text NOT NULL,
  replica uuid NOT NULL,
  seq bigint NOT NULL CHECK (seq > 0),
  hash bytea NOT NULL,
  header text NOT NULL,
  PRIMARY KEY (stream, replica, seq)
);

-- What an event says, apart from it, so that it can be erased: JSON and the salt of its hash.
CREATE TABLE IF NOT EXISTS nines.body (
  stream text NOT NULL,
  replica uuid NOT NULL,
  seq bigint NOT NULL,
  salt bytea NOT NULL,
  body text NOT NULL,
  PRIMARY KEY (stream, replica, seq)
);

-- What each replica saw here last: a checkpoint in its own hand.
CREATE TABLE IF NOT EXISTS nines.statement (
  stream text NOT NULL,
  replica uuid NOT NULL,
  note text NOT NULL,
  PRIMARY KEY (stream, replica)
);

-- The measurements of an import run, in parts from 0 on; where part 0 is, all of them are.
CREATE TABLE IF NOT EXISTS nines.measurement (
  stream text NOT NULL,
  run uuid NOT NULL,
  part integer NOT NULL,
  bytes bytea NOT NULL,
  PRIMARY KEY (stream, run, part)
);

INSERT INTO nines.schema_version (version) VALUES (1) ON CONFLICT DO NOTHING;
