-- What the departments did with a case since a clerk last looked at it: one line a case, the newest.
CREATE TABLE news (
  case_id TEXT PRIMARY KEY,
  -- In a word or two, as the case's history says it.
  what TEXT NOT NULL,
  -- When it arrived.
  seq INTEGER NOT NULL
) WITHOUT ROWID;
