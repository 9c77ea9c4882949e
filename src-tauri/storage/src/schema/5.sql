-- The print journal: a row stands here before anything goes to a printer.
CREATE TABLE print_jobs (
  id TEXT PRIMARY KEY,
  number TEXT NOT NULL,
  case_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  clerk TEXT NOT NULL,
  clerk_name TEXT NOT NULL,
  -- Which run of the program wrote it down.
  session TEXT NOT NULL,
  day TEXT NOT NULL,
  queued_at TEXT NOT NULL,
  changed_at TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('queued', 'sent', 'printed', 'failed', 'unknown')),
  printer TEXT NOT NULL,
  -- The printing system's name for it; empty until taken.
  job TEXT NOT NULL DEFAULT '',
  -- What was last said of it, in words.
  said TEXT NOT NULL DEFAULT '',
  -- Why it is printed again, JSON; null the first time.
  reason TEXT
) WITHOUT ROWID;
CREATE INDEX print_jobs_by_day ON print_jobs (day, queued_at);
CREATE INDEX print_jobs_by_paper ON print_jobs (number, queued_at);
CREATE INDEX print_jobs_open ON print_jobs (state) WHERE state IN ('queued', 'sent', 'unknown');
CREATE TRIGGER print_jobs_stay BEFORE DELETE ON print_jobs
BEGIN SELECT RAISE(ABORT, 'the print journal is kept'); END;
CREATE TRIGGER print_jobs_end BEFORE UPDATE ON print_jobs WHEN OLD.state IN ('printed', 'failed')
BEGIN SELECT RAISE(ABORT, 'a print job that has ended stays so'); END;

-- Papers that reached the applicant in another way.
CREATE TABLE papers_given (
  number TEXT NOT NULL,
  way TEXT NOT NULL,
  day TEXT NOT NULL,
  at TEXT NOT NULL,
  clerk TEXT NOT NULL,
  clerk_name TEXT NOT NULL,
  PRIMARY KEY (number, at, way)
) WITHOUT ROWID;
CREATE TRIGGER papers_given_stay BEFORE DELETE ON papers_given
BEGIN SELECT RAISE(ABORT, 'the print journal is kept'); END;

-- Where each kind of paper goes; a kind without a row goes to the system's default printer.
CREATE TABLE print_rules (
  kind TEXT PRIMARY KEY,
  printer TEXT,
  tray TEXT,
  copies INTEGER NOT NULL,
  both_sides INTEGER NOT NULL,
  slip INTEGER NOT NULL
) WITHOUT ROWID;

-- To list the papers of a day without reading them.
CREATE INDEX documents_by_day ON documents (issued_at, number, case_id, kind);
