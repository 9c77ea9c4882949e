-- The logs that a device began after its first, which bears its name: it was put back to a backup.
CREATE TABLE device_logs (
  origin TEXT NOT NULL,
  log TEXT NOT NULL,
  begun_at TEXT NOT NULL,
  PRIMARY KEY (origin, log)
) WITHOUT ROWID;
-- Which of its logs a device writes in, in that session; null: the first.
ALTER TABLE sessions ADD COLUMN log TEXT;
