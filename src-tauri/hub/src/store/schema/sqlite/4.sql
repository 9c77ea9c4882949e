-- Which log a case was filed in: taken by the first who claims it, whichever window and whichever
-- hub process. Apart from `cases`, whose rows are kept with those of their log.
CREATE TABLE filings (
  id TEXT PRIMARY KEY,
  origin TEXT NOT NULL
) WITHOUT ROWID;
INSERT INTO filings (id, origin) SELECT id, origin FROM cases;

-- Everything about a log is looked up by the log first.
CREATE UNIQUE INDEX cases_of_log ON cases (origin, id);
CREATE UNIQUE INDEX numbers_of_log ON cases (origin, number);
CREATE INDEX events_of_case ON events (origin, case_id);
DROP INDEX events_by_case;
