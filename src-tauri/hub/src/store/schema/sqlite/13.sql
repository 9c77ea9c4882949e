-- 帮您办: the list that the windows of a station share. Each record stands in it once, in the order
-- in which it came, whichever window brought it.
CREATE TABLE help_records (
  region TEXT NOT NULL,
  station TEXT NOT NULL,
  -- From 1, without gaps.
  seq INTEGER NOT NULL,
  -- SHA-256 of `text`: what a record is known by.
  hash TEXT NOT NULL,
  -- The end of the list with it, chained.
  head TEXT NOT NULL,
  entry TEXT NOT NULL,
  -- The log of the window that wrote it.
  origin TEXT NOT NULL,
  text TEXT NOT NULL,
  received_at TEXT NOT NULL,
  PRIMARY KEY (region, station, seq)
) WITHOUT ROWID;
CREATE UNIQUE INDEX help_records_by_hash ON help_records (region, station, hash);
CREATE INDEX help_records_of_entry ON help_records (region, station, entry);
CREATE TRIGGER help_records_stay BEFORE DELETE ON help_records
BEGIN SELECT RAISE(ABORT, 'the list is append-only'); END;
CREATE TRIGGER help_records_are_final BEFORE UPDATE ON help_records
BEGIN SELECT RAISE(ABORT, 'the list is append-only'); END;
