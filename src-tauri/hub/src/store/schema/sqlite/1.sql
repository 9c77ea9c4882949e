-- Small facts about this hub, one row each.
CREATE TABLE meta (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
) WITHOUT ROWID;

-- Every device that ever joined. Codes are never given out again, so rows stay.
CREATE TABLE devices (
  origin TEXT PRIMARY KEY,
  code TEXT NOT NULL UNIQUE,
  region TEXT NOT NULL,
  station TEXT NOT NULL,
  window TEXT NOT NULL,
  hall TEXT NOT NULL,
  public_key TEXT NOT NULL UNIQUE,
  enrolled_at TEXT NOT NULL
) WITHOUT ROWID;
CREATE TRIGGER devices_stay BEFORE DELETE ON devices
BEGIN SELECT RAISE(ABORT, 'device codes are never given out again'); END;

-- One-time codes, by hash. Times are milliseconds since 1970.
CREATE TABLE enrol_codes (
  code_hash TEXT PRIMARY KEY,
  region TEXT NOT NULL,
  station TEXT NOT NULL,
  window TEXT NOT NULL,
  hall TEXT NOT NULL,
  expires_at INTEGER NOT NULL,
  used_by TEXT REFERENCES devices (origin)
) WITHOUT ROWID;

CREATE TABLE challenges (
  challenge_hash TEXT PRIMARY KEY,
  origin TEXT NOT NULL,
  expires_at INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE sessions (
  token_hash TEXT PRIMARY KEY,
  origin TEXT NOT NULL,
  expires_at INTEGER NOT NULL
) WITHOUT ROWID;

-- Every log: one for each device, and one that the hub keeps for each device.
-- `code`, `field` and `message` are set where the event is stored but not applied.
CREATE TABLE events (
  origin TEXT NOT NULL,
  seq INTEGER NOT NULL,
  hash TEXT NOT NULL,
  case_id TEXT,
  text TEXT NOT NULL,
  received_at TEXT NOT NULL,
  code TEXT,
  field TEXT,
  message TEXT,
  PRIMARY KEY (origin, seq)
);
CREATE INDEX events_by_case ON events (case_id);
CREATE INDEX events_rejected ON events (origin, case_id, seq) WHERE code IS NOT NULL;
CREATE TRIGGER events_stay BEFORE DELETE ON events
BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
CREATE TRIGGER events_are_final BEFORE UPDATE ON events
BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;

-- The end of every log.
CREATE TABLE heads (
  origin TEXT PRIMARY KEY,
  seq INTEGER NOT NULL,
  hash TEXT NOT NULL
) WITHOUT ROWID;

-- Where a hub that was restored from a backup went on behind what a device holds of its log.
CREATE TABLE jumps (
  origin TEXT NOT NULL,
  from_seq INTEGER NOT NULL,
  to_seq INTEGER NOT NULL,
  to_hash TEXT NOT NULL,
  at TEXT NOT NULL,
  PRIMARY KEY (origin, to_seq)
) WITHOUT ROWID;

-- What the logs fold to. Can be made again from them.
CREATE TABLE cases (
  id TEXT PRIMARY KEY,
  number TEXT NOT NULL UNIQUE,
  origin TEXT NOT NULL,
  body TEXT NOT NULL
);
