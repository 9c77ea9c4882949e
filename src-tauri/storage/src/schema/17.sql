-- Roles of accounts. Who was a lead until now was also the one who kept accounts and trained others.
CREATE TABLE clerk_roles (
  clerk TEXT NOT NULL REFERENCES clerks (id),
  role TEXT NOT NULL CHECK (role IN ('lead', 'administrator', 'trainer')),
  PRIMARY KEY (clerk, role)
) WITHOUT ROWID;
INSERT INTO clerk_roles (clerk, role)
  SELECT c.id, r.role FROM clerks c
    JOIN (SELECT 'lead' AS role UNION ALL SELECT 'administrator' UNION ALL SELECT 'trainer') r
   WHERE c.lead;
ALTER TABLE clerks DROP COLUMN lead;

-- A PIN that somebody else set: it holds for one sign-in, at which its owner sets their own.
ALTER TABLE clerks ADD COLUMN pin_is_temporary INTEGER NOT NULL DEFAULT 0;
-- 停用. An account is never deleted: its name stands in records.
ALTER TABLE clerks ADD COLUMN retired_at TEXT;

-- What was done to accounts, by whom. Nothing of it is ever written over.
CREATE TABLE account_records (
  id INTEGER PRIMARY KEY,
  -- JSON, as the rules know it.
  record TEXT NOT NULL
);
CREATE TRIGGER account_records_stay BEFORE DELETE ON account_records
BEGIN SELECT RAISE(ABORT, 'what was done to accounts is kept'); END;
CREATE TRIGGER account_records_stay_as_they_are BEFORE UPDATE ON account_records
BEGIN SELECT RAISE(ABORT, 'what was done to accounts is kept as it was'); END;
CREATE TRIGGER clerks_stay BEFORE DELETE ON clerks
BEGIN SELECT RAISE(ABORT, 'accounts are kept: their names stand in records'); END;
