-- The same tables as SQLite has after its fourth step (the comments there say what they are for),
-- in what PostgreSQL, CockroachDB, YugabyteDB and Citus all take: no triggers, no sequences, no
-- foreign keys, every key of a large table beginning with the log. One statement at a time, each
-- of which may be run again.

CREATE TABLE IF NOT EXISTS meta (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
);

CREATE TABLE IF NOT EXISTS devices (
  origin TEXT PRIMARY KEY,
  code TEXT NOT NULL UNIQUE,
  region TEXT NOT NULL,
  station TEXT NOT NULL,
  "window" TEXT NOT NULL,
  hall TEXT NOT NULL,
  public_key TEXT NOT NULL UNIQUE,
  enrolled_at TEXT NOT NULL,
  revoked_at TEXT,
  revoked_from TEXT
);

CREATE TABLE IF NOT EXISTS enrol_codes (
  code_hash TEXT PRIMARY KEY,
  region TEXT NOT NULL,
  station TEXT NOT NULL,
  "window" TEXT NOT NULL,
  hall TEXT NOT NULL,
  expires_at BIGINT NOT NULL,
  used_by TEXT
);

CREATE TABLE IF NOT EXISTS challenges (
  challenge_hash TEXT PRIMARY KEY,
  origin TEXT NOT NULL,
  expires_at BIGINT NOT NULL
);

CREATE TABLE IF NOT EXISTS sessions (
  token_hash TEXT PRIMARY KEY,
  origin TEXT NOT NULL,
  expires_at BIGINT NOT NULL
);

CREATE INDEX IF NOT EXISTS sessions_of_log ON sessions (origin);

CREATE TABLE IF NOT EXISTS events (
  origin TEXT NOT NULL,
  seq BIGINT NOT NULL,
  hash TEXT NOT NULL,
  case_id TEXT,
  text TEXT NOT NULL,
  received_at TEXT NOT NULL,
  code TEXT,
  field TEXT,
  message TEXT,
  PRIMARY KEY (origin, seq)
) PARTITION BY HASH (origin);

CREATE INDEX IF NOT EXISTS events_of_case ON events (origin, case_id);

CREATE INDEX IF NOT EXISTS events_rejected ON events (origin, case_id, seq) WHERE code IS NOT NULL;

CREATE TABLE IF NOT EXISTS heads (
  origin TEXT PRIMARY KEY,
  seq BIGINT NOT NULL,
  hash TEXT NOT NULL
);

CREATE TABLE IF NOT EXISTS jumps (
  origin TEXT NOT NULL,
  from_seq BIGINT NOT NULL,
  to_seq BIGINT NOT NULL,
  to_hash TEXT NOT NULL,
  at TEXT NOT NULL,
  PRIMARY KEY (origin, to_seq)
);

CREATE TABLE IF NOT EXISTS cases (
  origin TEXT NOT NULL,
  id TEXT NOT NULL,
  number TEXT NOT NULL,
  body TEXT NOT NULL,
  PRIMARY KEY (origin, id),
  UNIQUE (origin, number)
) PARTITION BY HASH (origin);

CREATE INDEX IF NOT EXISTS cases_by_number ON cases (number);

CREATE TABLE IF NOT EXISTS filings (
  id TEXT PRIMARY KEY,
  origin TEXT NOT NULL
);

CREATE TABLE IF NOT EXISTS guides (
  release BIGINT PRIMARY KEY,
  digest TEXT NOT NULL UNIQUE,
  region TEXT NOT NULL,
  issued_on TEXT NOT NULL,
  matters BIGINT NOT NULL,
  sample BOOLEAN NOT NULL,
  length BIGINT NOT NULL,
  published_at TEXT NOT NULL,
  statement TEXT NOT NULL,
  signature TEXT NOT NULL
);

CREATE TABLE IF NOT EXISTS guide_parts (
  digest TEXT NOT NULL,
  base TEXT NOT NULL,
  part BIGINT NOT NULL,
  bytes BYTEA NOT NULL,
  PRIMARY KEY (digest, base, part)
);
