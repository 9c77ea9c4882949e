-- As SQLite's tenth step.

CREATE TABLE IF NOT EXISTS moves (
  one BIGINT PRIMARY KEY,
  id TEXT NOT NULL,
  state TEXT NOT NULL,
  peer TEXT NOT NULL,
  progress TEXT
);
