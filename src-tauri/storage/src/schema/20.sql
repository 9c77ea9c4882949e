-- What the hub refused, by the log that it stands in: a window that was put back to a backup has
-- several, and each counts its places from one.
CREATE TABLE parked_anew (
  log TEXT NOT NULL,
  seq INTEGER NOT NULL,
  case_id TEXT NOT NULL,
  code TEXT NOT NULL,
  field TEXT NOT NULL,
  message TEXT NOT NULL,
  PRIMARY KEY (log, seq)
) WITHOUT ROWID;
-- Which log it was is found by its case. Where that says nothing, the next sync puts it right: the
-- hub names every refusal that stands.
INSERT INTO parked_anew (log, seq, case_id, code, field, message)
  SELECT coalesce((SELECT max(e.origin) FROM events e
      WHERE e.case_id = p.case_id AND e.seq = p.seq AND e.origin NOT LIKE 'hub-%'), ''),
    p.seq, p.case_id, p.code, p.field, p.message
  FROM parked p;
DROP TABLE parked;
ALTER TABLE parked_anew RENAME TO parked;
