-- Training (训练). One mark says that a database is for training only. It is made while the database
-- is empty and stays for good; with it, the database refuses every row that would lead to a hub or
-- look like a real record, whatever the program above does. Without it, there is no training here.
CREATE TABLE training_cards (
  id TEXT PRIMARY KEY,
  -- JSON, the whole card.
  body TEXT NOT NULL,
  clerk_name TEXT NOT NULL,
  changed_at TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE training_attempts (
  id TEXT PRIMARY KEY,
  -- JSON: the card as it was, whatever becomes of it.
  card TEXT NOT NULL,
  clerk TEXT NOT NULL,
  clerk_name TEXT NOT NULL,
  started_at TEXT NOT NULL,
  draft_id TEXT NOT NULL UNIQUE,
  -- None until it is filed.
  case_id TEXT UNIQUE
) WITHOUT ROWID;
CREATE INDEX training_attempts_by_clerk ON training_attempts (clerk, started_at);
CREATE TRIGGER training_attempts_stay BEFORE DELETE ON training_attempts
BEGIN SELECT RAISE(ABORT, 'attempts are kept'); END;
CREATE TRIGGER training_attempts_are_final BEFORE UPDATE ON training_attempts
WHEN OLD.case_id IS NOT NULL OR NEW.case_id IS NULL OR NEW.id <> OLD.id OR NEW.card <> OLD.card
  OR NEW.clerk <> OLD.clerk OR NEW.draft_id <> OLD.draft_id OR NEW.started_at <> OLD.started_at
BEGIN SELECT RAISE(ABORT, 'attempts are kept as they were'); END;

-- What happened in an attempt, and when.
CREATE TABLE training_marks (
  attempt TEXT NOT NULL REFERENCES training_attempts (id),
  -- From 1, without gaps.
  position INTEGER NOT NULL,
  at TEXT NOT NULL,
  -- JSON, as the rules know it.
  mark TEXT NOT NULL,
  PRIMARY KEY (attempt, position)
) WITHOUT ROWID;
CREATE TRIGGER training_marks_stay BEFORE DELETE ON training_marks
BEGIN SELECT RAISE(ABORT, 'attempts are kept'); END;
CREATE TRIGGER training_marks_are_final BEFORE UPDATE ON training_marks
BEGIN SELECT RAISE(ABORT, 'attempts are kept as they were'); END;

CREATE TABLE training_results (
  attempt TEXT PRIMARY KEY REFERENCES training_attempts (id),
  at TEXT NOT NULL,
  points INTEGER NOT NULL,
  -- JSON, the whole score.
  body TEXT NOT NULL
) WITHOUT ROWID;
CREATE TRIGGER training_results_stay BEFORE DELETE ON training_results
BEGIN SELECT RAISE(ABORT, 'results are kept'); END;
CREATE TRIGGER training_results_are_final BEFORE UPDATE ON training_results
BEGIN SELECT RAISE(ABORT, 'results are kept as they were'); END;

-- The mark.
CREATE TRIGGER training_mark_stays BEFORE DELETE ON meta WHEN OLD.name = 'training.mark'
BEGIN SELECT RAISE(ABORT, 'training: the mark stays'); END;
CREATE TRIGGER training_mark_is_final BEFORE UPDATE ON meta
WHEN OLD.name = 'training.mark' OR NEW.name = 'training.mark'
BEGIN SELECT RAISE(ABORT, 'training: the mark stays'); END;
CREATE TRIGGER training_begins_empty BEFORE INSERT ON meta WHEN NEW.name = 'training.mark' AND (
  EXISTS (SELECT 1 FROM events) OR EXISTS (SELECT 1 FROM numbers) OR EXISTS (SELECT 1 FROM clerks)
  OR EXISTS (SELECT 1 FROM drafts) OR EXISTS (SELECT 1 FROM meta WHERE name LIKE 'upstream.%'))
BEGIN SELECT RAISE(ABORT, 'records: training begins in an empty database'); END;

-- With the mark: no way to a hub.
CREATE TRIGGER training_joins_no_hub BEFORE INSERT ON meta
WHEN (NEW.name LIKE 'upstream.%' OR NEW.name LIKE 'away.policy%' OR NEW.name LIKE 'backup.%')
  AND EXISTS (SELECT 1 FROM meta WHERE name = 'training.mark')
BEGIN SELECT RAISE(ABORT, 'training: no credentials of a hub'); END;
CREATE TRIGGER training_never_joins_a_hub BEFORE UPDATE ON meta
WHEN (NEW.name LIKE 'upstream.%' OR NEW.name LIKE 'away.policy%' OR NEW.name LIKE 'backup.%')
  AND EXISTS (SELECT 1 FROM meta WHERE name = 'training.mark')
BEGIN SELECT RAISE(ABORT, 'training: no credentials of a hub'); END;
CREATE TRIGGER training_reads_no_hub BEFORE INSERT ON hub_logs
WHEN EXISTS (SELECT 1 FROM meta WHERE name = 'training.mark')
BEGIN SELECT RAISE(ABORT, 'training: no log of a hub'); END;
CREATE TRIGGER training_asks_no_hub BEFORE INSERT ON wanted_cases
WHEN EXISTS (SELECT 1 FROM meta WHERE name = 'training.mark')
BEGIN SELECT RAISE(ABORT, 'training: no case of another window'); END;

-- With the mark: nothing that could be taken for a real record.
CREATE TRIGGER training_logs_apart BEFORE INSERT ON events
WHEN NEW.origin NOT LIKE 'practice-%' AND EXISTS (SELECT 1 FROM meta WHERE name = 'training.mark')
BEGIN SELECT RAISE(ABORT, 'training: no log but that of practice'); END;
CREATE TRIGGER training_numbers_apart BEFORE INSERT ON numbers
WHEN NEW.number NOT LIKE 'YS-%' AND NEW.prefix NOT LIKE '字号 演练%'
  AND EXISTS (SELECT 1 FROM meta WHERE name = 'training.mark')
BEGIN SELECT RAISE(ABORT, 'training: no number but those of practice'); END;
CREATE TRIGGER training_papers_apart BEFORE INSERT ON documents
WHEN NEW.number NOT LIKE 'YS-%' AND EXISTS (SELECT 1 FROM meta WHERE name = 'training.mark')
BEGIN SELECT RAISE(ABORT, 'training: no paper but those of practice'); END;
CREATE TRIGGER training_cases_apart BEFORE INSERT ON cases
WHEN json_extract(NEW.body, '$.practice') IS NOT 1
  AND EXISTS (SELECT 1 FROM meta WHERE name = 'training.mark')
BEGIN SELECT RAISE(ABORT, 'training: no case but those of practice'); END;

-- Without the mark: nothing of training.
CREATE TRIGGER training_cards_apart BEFORE INSERT ON training_cards
WHEN NOT EXISTS (SELECT 1 FROM meta WHERE name = 'training.mark')
BEGIN SELECT RAISE(ABORT, 'records: no training among real records'); END;
CREATE TRIGGER training_attempts_apart BEFORE INSERT ON training_attempts
WHEN NOT EXISTS (SELECT 1 FROM meta WHERE name = 'training.mark')
BEGIN SELECT RAISE(ABORT, 'records: no training among real records'); END;
