-- Who may sign in to the back office (后台). Rows stay: the audit and the events name them.
CREATE TABLE office_accounts (
  login TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  -- Null: every department's cases.
  department TEXT,
  role TEXT NOT NULL,
  password_hash TEXT NOT NULL,
  -- Whether the password was made by somebody else and must be replaced first.
  must_change INTEGER NOT NULL,
  created_at TEXT NOT NULL,
  disabled_at TEXT
) WITHOUT ROWID;
CREATE TRIGGER office_accounts_stay BEFORE DELETE ON office_accounts
BEGIN SELECT RAISE(ABORT, 'accounts are disabled, not deleted'); END;

-- Open sessions of the back office, by hash. Times are milliseconds since 1970.
CREATE TABLE office_sessions (
  token_hash TEXT PRIMARY KEY,
  login TEXT NOT NULL,
  seen_at INTEGER NOT NULL,
  ends_at INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX office_sessions_of_account ON office_sessions (login);

-- Attempts to sign in that have not succeeded, of an account or an address.
CREATE TABLE office_attempts (
  who TEXT PRIMARY KEY,
  failures INTEGER NOT NULL,
  last_at INTEGER NOT NULL
) WITHOUT ROWID;

-- Who did or looked at what. Only grows.
CREATE TABLE office_audit (
  at INTEGER NOT NULL,
  id TEXT NOT NULL,
  login TEXT NOT NULL,
  name TEXT NOT NULL,
  act TEXT NOT NULL,
  case_number TEXT NOT NULL,
  detail TEXT NOT NULL,
  address TEXT NOT NULL,
  PRIMARY KEY (at, id)
) WITHOUT ROWID;
CREATE TRIGGER office_audit_stays BEFORE DELETE ON office_audit
BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END;
CREATE TRIGGER office_audit_is_final BEFORE UPDATE ON office_audit
BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END;

-- What lists of cases show and are sorted by. Can be made again from `cases`.
CREATE TABLE office_cases (
  origin TEXT NOT NULL,
  id TEXT NOT NULL,
  number TEXT NOT NULL,
  department TEXT NOT NULL,
  matter TEXT NOT NULL,
  applicant TEXT NOT NULL,
  state TEXT NOT NULL,
  filed_on TEXT NOT NULL,
  -- 应办结日, and what it is sorted by: behind every day where none presses.
  due TEXT,
  urgent_by TEXT NOT NULL,
  PRIMARY KEY (origin, id)
) WITHOUT ROWID;
CREATE INDEX office_queue ON office_cases (department, state, urgent_by, number);
CREATE INDEX office_queue_of_all ON office_cases (state, urgent_by, number);
