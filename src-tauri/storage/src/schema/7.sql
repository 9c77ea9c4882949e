-- The bytes of scans (扫描件) that this window holds, once for each content. They lie encrypted in
-- files of the folder `attachments`; the keys are here only.
CREATE TABLE attachments (
  hash TEXT PRIMARY KEY,
  file TEXT NOT NULL UNIQUE,
  key BLOB NOT NULL,
  size INTEGER NOT NULL,
  -- How many of its bytes the hub said it holds; all of them once it has verified the whole.
  held INTEGER NOT NULL DEFAULT 0,
  -- Why it does not go up, JSON.
  trouble TEXT
) WITHOUT ROWID;

-- Which cases count on them: follows from the log.
CREATE TABLE case_attachments (
  case_id TEXT NOT NULL,
  hash TEXT NOT NULL,
  -- The log the case was filed in.
  origin TEXT NOT NULL,
  PRIMARY KEY (case_id, hash)
) WITHOUT ROWID;
CREATE INDEX case_attachments_by_hash ON case_attachments (hash);

-- Scans added before the case is filed; `announced` is JSON, as the event will say it.
CREATE TABLE draft_attachments (
  draft_id TEXT NOT NULL REFERENCES drafts (id) ON DELETE CASCADE,
  material TEXT NOT NULL,
  hash TEXT NOT NULL,
  announced TEXT NOT NULL,
  PRIMARY KEY (draft_id, material, hash)
) WITHOUT ROWID;
CREATE INDEX draft_attachments_by_hash ON draft_attachments (hash);
