-- Who may confirm that work goes on while the window is away from its hub (组长). Who was first
-- made the others.
ALTER TABLE clerks ADD COLUMN lead INTEGER NOT NULL DEFAULT 0;
UPDATE clerks SET lead = 1
 WHERE id = (SELECT id FROM clerks WHERE id <> 'practice' ORDER BY created_at, id LIMIT 1);

-- The leads' words that work goes on. Kept for good: who, when, why, and how it stood then.
CREATE TABLE away_confirmations (
  id INTEGER PRIMARY KEY,
  -- JSON, as the rules know it.
  confirmation TEXT NOT NULL,
  -- Who was signed in.
  clerk TEXT NOT NULL,
  -- How many days the window was away, if anybody knew, and how many cases were unsent.
  days INTEGER,
  cases INTEGER NOT NULL
);
CREATE TRIGGER away_confirmations_stay BEFORE DELETE ON away_confirmations
BEGIN SELECT RAISE(ABORT, 'a confirmation is on record for good'); END;
CREATE TRIGGER away_confirmations_are_final BEFORE UPDATE ON away_confirmations
BEGIN SELECT RAISE(ABORT, 'a confirmation is on record as it was given'); END;
