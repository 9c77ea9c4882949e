-- How long stations may be away from the hub (离网管理办法); one that is not here may be for ever.
CREATE TABLE station_policies (
  region TEXT NOT NULL,
  station TEXT NOT NULL,
  -- JSON, as the rules know it.
  policy TEXT NOT NULL,
  set_at TEXT NOT NULL,
  PRIMARY KEY (region, station)
) WITHOUT ROWID;
