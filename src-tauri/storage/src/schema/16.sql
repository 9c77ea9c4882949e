-- 交班: who left the desk to whom, with what was still open. Nothing of it is ever written over.
CREATE TABLE shifts (
  id TEXT PRIMARY KEY,
  clerk TEXT NOT NULL,
  clerk_name TEXT NOT NULL,
  at TEXT NOT NULL,
  note TEXT NOT NULL,
  -- JSON: what was open then.
  left_open TEXT NOT NULL,
  -- Who took over, once somebody did.
  taken_by TEXT,
  taken_name TEXT,
  taken_at TEXT
) WITHOUT ROWID;
CREATE INDEX shifts_waiting ON shifts (at) WHERE taken_by IS NULL;
CREATE TRIGGER shifts_stay BEFORE DELETE ON shifts
BEGIN SELECT RAISE(ABORT, 'shifts are kept'); END;
CREATE TRIGGER shifts_are_taken_once BEFORE UPDATE ON shifts
WHEN OLD.taken_by IS NOT NULL OR NEW.taken_by IS NULL OR NEW.id <> OLD.id OR NEW.clerk <> OLD.clerk
  OR NEW.at <> OLD.at OR NEW.note <> OLD.note OR NEW.left_open <> OLD.left_open
BEGIN SELECT RAISE(ABORT, 'shifts are kept as they were'); END;
