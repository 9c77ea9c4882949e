-- As SQLite's thirteenth step.

CREATE TABLE IF NOT EXISTS help_records (
  region TEXT NOT NULL,
  station TEXT NOT NULL,
  seq BIGINT NOT NULL,
  hash TEXT NOT NULL,
  head TEXT NOT NULL,
  entry TEXT NOT NULL,
  origin TEXT NOT NULL,
  text TEXT NOT NULL,
  received_at TEXT NOT NULL,
  PRIMARY KEY (region, station, seq)
);

CREATE UNIQUE INDEX IF NOT EXISTS help_records_by_hash ON help_records (region, station, hash);

CREATE INDEX IF NOT EXISTS help_records_of_entry ON help_records (region, station, entry);
