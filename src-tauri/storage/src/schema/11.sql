-- The ledgers (台账): consultations, what could not be got done, complaints. What was written stays:
-- an entry is made of its records, one after another.
CREATE TABLE ledger_records (
  entry TEXT NOT NULL,
  -- From 1, without gaps.
  position INTEGER NOT NULL,
  -- JSON, as the rules know it.
  record TEXT NOT NULL,
  PRIMARY KEY (entry, position)
) WITHOUT ROWID;
CREATE TRIGGER ledger_records_stay BEFORE DELETE ON ledger_records
BEGIN SELECT RAISE(ABORT, 'a ledger keeps what was written'); END;
CREATE TRIGGER ledger_records_are_final BEFORE UPDATE ON ledger_records
BEGIN SELECT RAISE(ABORT, 'a ledger keeps what was written'); END;

-- The entries as their records make them, for lists and searches.
CREATE TABLE ledger (
  id TEXT PRIMARY KEY,
  number TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  state TEXT NOT NULL,
  brought_on TEXT NOT NULL,
  -- The last day that presses now; none where nothing is owed.
  pressing TEXT,
  -- Name and contact, for searching by those who may see them.
  person_key TEXT NOT NULL,
  -- Everything else that is searched.
  words TEXT NOT NULL,
  registered_by TEXT NOT NULL,
  -- JSON, the whole entry.
  body TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX ledger_by_day ON ledger (kind, brought_on, number);
CREATE INDEX ledger_by_pressing ON ledger (kind, pressing) WHERE pressing IS NOT NULL;

-- The limits that leads set; the newest holds, and every entry keeps those it was written under.
CREATE TABLE ledger_limits (
  id INTEGER PRIMARY KEY,
  limits TEXT NOT NULL,
  clerk TEXT NOT NULL,
  at TEXT NOT NULL
);
CREATE TRIGGER ledger_limits_stay BEFORE DELETE ON ledger_limits
BEGIN SELECT RAISE(ABORT, 'limits are on record for good'); END;
CREATE TRIGGER ledger_limits_are_final BEFORE UPDATE ON ledger_limits
BEGIN SELECT RAISE(ABORT, 'limits are on record as they were set'); END;

-- Who took a ledger out of the program, and how much of it (导出留痕).
CREATE TABLE ledger_exports (
  id INTEGER PRIMARY KEY,
  at TEXT NOT NULL,
  clerk TEXT NOT NULL,
  kind TEXT NOT NULL,
  -- Whether names and contacts were in it.
  names INTEGER NOT NULL,
  entries INTEGER NOT NULL
);
CREATE TRIGGER ledger_exports_stay BEFORE DELETE ON ledger_exports
BEGIN SELECT RAISE(ABORT, 'an export is on record for good'); END;
CREATE TRIGGER ledger_exports_are_final BEFORE UPDATE ON ledger_exports
BEGIN SELECT RAISE(ABORT, 'an export is on record as it was'); END;
