-- Matters that a clerk marked to find again.
CREATE TABLE starred_matters (
  clerk TEXT NOT NULL,
  matter TEXT NOT NULL,
  PRIMARY KEY (clerk, matter)
) WITHOUT ROWID;

-- To count what was taken lately without reading whole cases.
CREATE INDEX cases_by_matter ON cases (filed_on DESC, matter_code);
