-- What went out to the regional platform (省级平台): how far each log has been told, who is telling,
-- and what was not taken. Times are milliseconds since 1970.
CREATE TABLE region_cursors (
  origin TEXT PRIMARY KEY,
  seq INTEGER NOT NULL
) WITHOUT ROWID;

-- Its one row is 1: the one process that posts, and until when it need not be asked.
CREATE TABLE region_lease (
  one INTEGER PRIMARY KEY,
  holder TEXT NOT NULL,
  held_until INTEGER NOT NULL
) WITHOUT ROWID;

-- Records that could not be made or were refused. What they say is made again from their event.
-- `state` is dead, retry or dropped.
CREATE TABLE region_dead (
  record TEXT PRIMARY KEY,
  origin TEXT NOT NULL,
  seq INTEGER NOT NULL,
  sheet TEXT NOT NULL,
  project TEXT NOT NULL,
  code TEXT NOT NULL,
  message TEXT NOT NULL,
  at INTEGER NOT NULL,
  tries INTEGER NOT NULL,
  state TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX region_dead_by_state ON region_dead (state, record);
