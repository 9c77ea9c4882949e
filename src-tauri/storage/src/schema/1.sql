-- Small facts about this profile, one row each.
CREATE TABLE meta (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE clerks (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  pin_hash TEXT NOT NULL,
  created_at TEXT NOT NULL,
  failures INTEGER NOT NULL DEFAULT 0,
  locked_until TEXT
) WITHOUT ROWID;

-- Every guide release that was ever in use: cases stay pinned to theirs.
CREATE TABLE guides (
  digest TEXT PRIMARY KEY,
  release INTEGER NOT NULL,
  text TEXT NOT NULL,
  imported_at TEXT NOT NULL
);

CREATE TABLE drafts (
  id TEXT PRIMARY KEY,
  clerk TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  body TEXT NOT NULL
) WITHOUT ROWID;

-- The log: this device's own events, and what the hub added. Append-only, whatever the program does.
CREATE TABLE events (
  origin TEXT NOT NULL,
  seq INTEGER NOT NULL,
  case_id TEXT NOT NULL,
  text TEXT NOT NULL,
  hash TEXT NOT NULL,
  PRIMARY KEY (origin, seq)
);
CREATE INDEX events_by_case ON events (case_id);
CREATE TRIGGER events_stay BEFORE DELETE ON events
BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
CREATE TRIGGER events_are_final BEFORE UPDATE ON events
BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;

-- What the log folds to, for lists and searches. Can be made again from the log at any time.
CREATE TABLE cases (
  id TEXT PRIMARY KEY,
  number TEXT NOT NULL UNIQUE,
  state TEXT NOT NULL,
  matter_code TEXT NOT NULL,
  matter_name TEXT NOT NULL,
  applicant TEXT NOT NULL,
  applicant_key TEXT NOT NULL,
  filed_on TEXT NOT NULL,
  due TEXT,
  due_estimated INTEGER NOT NULL,
  notify_by TEXT,
  conflicts INTEGER NOT NULL,
  last_origin TEXT NOT NULL,
  last_seq INTEGER NOT NULL,
  body TEXT NOT NULL
);
CREATE INDEX cases_by_state ON cases (state, due);
CREATE INDEX cases_by_day ON cases (filed_on DESC, number DESC);
CREATE INDEX cases_by_log ON cases (last_origin, last_seq);

-- Numbers given out, burnt ones included.
CREATE TABLE numbers (
  prefix TEXT NOT NULL,
  sequence INTEGER NOT NULL,
  number TEXT NOT NULL UNIQUE,
  PRIMARY KEY (prefix, sequence)
) WITHOUT ROWID;

-- Papers, byte for byte as issued.
CREATE TABLE documents (
  number TEXT PRIMARY KEY,
  case_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  issued_at TEXT NOT NULL,
  pdf BLOB NOT NULL
);
CREATE TRIGGER documents_stay BEFORE DELETE ON documents
BEGIN SELECT RAISE(ABORT, 'issued papers are kept'); END;
CREATE TRIGGER documents_are_final BEFORE UPDATE ON documents
BEGIN SELECT RAISE(ABORT, 'issued papers are kept'); END;

-- What the hub refused, and why.
CREATE TABLE parked (
  seq INTEGER PRIMARY KEY,
  case_id TEXT NOT NULL,
  code TEXT NOT NULL,
  field TEXT NOT NULL,
  message TEXT NOT NULL
);
