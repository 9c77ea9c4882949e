-- That this hub is being moved to another database (搬迁), or was: its one row is 1. Without it the
-- hub is at home here. `state` is leaving (its records are being copied from here), left (they are
-- served there) or arriving (they are being copied to here). `progress` says how far they are.
CREATE TABLE moves (
  one INTEGER PRIMARY KEY,
  id TEXT NOT NULL,
  state TEXT NOT NULL,
  peer TEXT NOT NULL,
  progress TEXT
);
