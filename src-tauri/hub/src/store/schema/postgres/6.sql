-- The windows that have or had a case in hand, besides the one that filed it (窗口交接). Each is told
-- everything of it, in the log that the hub keeps for it.
CREATE TABLE IF NOT EXISTS parties (
  case_id TEXT NOT NULL,
  -- The window's log.
  origin TEXT NOT NULL,
  PRIMARY KEY (case_id, origin)
);

-- What was refused of a case, whichever log it stands in.
CREATE INDEX IF NOT EXISTS events_refused ON events (case_id) WHERE code IS NOT NULL;
