-- As SQLite's eleventh step.

CREATE TABLE IF NOT EXISTS device_logs (
  origin TEXT NOT NULL,
  log TEXT NOT NULL,
  begun_at TEXT NOT NULL,
  PRIMARY KEY (origin, log)
);

ALTER TABLE sessions ADD COLUMN IF NOT EXISTS log TEXT;
