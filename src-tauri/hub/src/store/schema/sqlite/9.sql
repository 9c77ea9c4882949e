-- The windows that have or had a case in hand, besides the one that filed it (窗口交接). Each is told
-- everything of it, in the log that the hub keeps for it.
CREATE TABLE parties (
  case_id TEXT NOT NULL,
  -- The window's log.
  origin TEXT NOT NULL,
  PRIMARY KEY (case_id, origin)
) WITHOUT ROWID;

-- What was refused may be applied once what stood in its way is known; nothing else of an event ever
-- changes, and what was applied stays so. `events_by_case` finds it whichever log it stands in.
DROP TRIGGER events_are_final;
CREATE TRIGGER events_are_final
BEFORE UPDATE OF origin, seq, hash, case_id, text, received_at ON events
BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
CREATE TRIGGER events_stay_applied BEFORE UPDATE OF code, field, message ON events
WHEN OLD.code IS NULL OR NEW.code IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
