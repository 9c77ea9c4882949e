-- As SQLite's seventh step.

CREATE TABLE IF NOT EXISTS region_cursors (
  origin TEXT PRIMARY KEY,
  seq BIGINT NOT NULL
);

CREATE TABLE IF NOT EXISTS region_lease (
  one BIGINT PRIMARY KEY,
  holder TEXT NOT NULL,
  held_until BIGINT NOT NULL
);

CREATE TABLE IF NOT EXISTS region_dead (
  record TEXT PRIMARY KEY,
  origin TEXT NOT NULL,
  seq BIGINT NOT NULL,
  sheet TEXT NOT NULL,
  project TEXT NOT NULL,
  code TEXT NOT NULL,
  message TEXT NOT NULL,
  at BIGINT NOT NULL,
  tries BIGINT NOT NULL,
  state TEXT NOT NULL
);

CREATE INDEX IF NOT EXISTS region_dead_by_state ON region_dead (state, record);
