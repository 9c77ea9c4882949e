CREATE TABLE IF NOT EXISTS hub_logs (
  origin TEXT NOT NULL,
  nth BIGINT NOT NULL,
  name TEXT NOT NULL,
  begun_at TEXT NOT NULL,
  PRIMARY KEY (origin, nth)
);

DROP TABLE IF EXISTS jumps;
