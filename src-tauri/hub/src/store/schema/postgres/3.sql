-- The back office: the same tables as in SQLite's sixth step, where the comments are.

CREATE TABLE IF NOT EXISTS office_accounts (
  login TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  department TEXT,
  role TEXT NOT NULL,
  password_hash TEXT NOT NULL,
  must_change BOOLEAN NOT NULL,
  created_at TEXT NOT NULL,
  disabled_at TEXT
);

CREATE TABLE IF NOT EXISTS office_sessions (
  token_hash TEXT PRIMARY KEY,
  login TEXT NOT NULL,
  seen_at BIGINT NOT NULL,
  ends_at BIGINT NOT NULL
);

CREATE INDEX IF NOT EXISTS office_sessions_of_account ON office_sessions (login);

CREATE TABLE IF NOT EXISTS office_attempts (
  who TEXT PRIMARY KEY,
  failures BIGINT NOT NULL,
  last_at BIGINT NOT NULL
);

CREATE TABLE IF NOT EXISTS office_audit (
  at BIGINT NOT NULL,
  id TEXT NOT NULL,
  login TEXT NOT NULL,
  name TEXT NOT NULL,
  act TEXT NOT NULL,
  case_number TEXT NOT NULL,
  detail TEXT NOT NULL,
  address TEXT NOT NULL,
  PRIMARY KEY (at, id)
);

CREATE TABLE IF NOT EXISTS office_cases (
  origin TEXT NOT NULL,
  id TEXT NOT NULL,
  number TEXT NOT NULL,
  department TEXT NOT NULL,
  matter TEXT NOT NULL,
  applicant TEXT NOT NULL,
  state TEXT NOT NULL,
  filed_on TEXT NOT NULL,
  due TEXT,
  urgent_by TEXT NOT NULL,
  PRIMARY KEY (origin, id)
);

CREATE INDEX IF NOT EXISTS office_queue ON office_cases (department, state, urgent_by, number);

CREATE INDEX IF NOT EXISTS office_queue_of_all ON office_cases (state, urgent_by, number);
