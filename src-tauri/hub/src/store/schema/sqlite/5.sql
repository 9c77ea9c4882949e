-- The logs that the hub began for a device after the first: it was put back to a backup, and the
-- device held more of the one before. What came before them went on in the old log, with a jump.
CREATE TABLE hub_logs (
  origin TEXT NOT NULL,
  nth INTEGER NOT NULL,
  name TEXT NOT NULL UNIQUE,
  begun_at TEXT NOT NULL,
  PRIMARY KEY (origin, nth)
) WITHOUT ROWID;
DROP TABLE jumps;
