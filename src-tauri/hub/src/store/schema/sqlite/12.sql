-- 统计: the cases of a period, in the order of their filing.
CREATE INDEX office_filed ON office_cases (filed_on, origin, id);
CREATE INDEX office_filed_in ON office_cases (department, filed_on, origin, id);

-- 差评回访: a poor rating that came, and where following it up stands. `rating` is what was said, as
-- it came; `since` to `steps` are what its steps leave, and can be made again from them. Times are
-- milliseconds since 1970.
CREATE TABLE follow_ups (
  case_id TEXT NOT NULL,
  -- The day of the service.
  service TEXT NOT NULL,
  -- The log the case was filed in.
  origin TEXT NOT NULL,
  number TEXT NOT NULL,
  matter TEXT NOT NULL,
  filed_on TEXT NOT NULL,
  channel TEXT NOT NULL,
  rating TEXT NOT NULL,
  came_at INTEGER NOT NULL,
  -- The day from which limits count.
  since TEXT NOT NULL,
  state TEXT NOT NULL,
  complex INTEGER NOT NULL,
  tries INTEGER NOT NULL,
  steps INTEGER NOT NULL,
  PRIMARY KEY (case_id, service)
) WITHOUT ROWID;
CREATE INDEX follow_ups_in ON follow_ups (state, came_at);
CREATE INDEX follow_ups_filed ON follow_ups (filed_on, state);
CREATE TRIGGER follow_ups_stay BEFORE DELETE ON follow_ups
BEGIN SELECT RAISE(ABORT, 'a rating is not deleted'); END;
CREATE TRIGGER follow_ups_say_what_was_said BEFORE UPDATE ON follow_ups
WHEN NEW.rating <> OLD.rating OR NEW.channel <> OLD.channel OR NEW.came_at <> OLD.came_at
BEGIN SELECT RAISE(ABORT, 'a rating is what was said'); END;

-- What was done about it, by whom. Only grows.
CREATE TABLE follow_up_steps (
  case_id TEXT NOT NULL,
  service TEXT NOT NULL,
  nth INTEGER NOT NULL,
  at INTEGER NOT NULL,
  login TEXT NOT NULL,
  name TEXT NOT NULL,
  step TEXT NOT NULL,
  PRIMARY KEY (case_id, service, nth)
) WITHOUT ROWID;
CREATE TRIGGER follow_up_steps_stay BEFORE DELETE ON follow_up_steps
BEGIN SELECT RAISE(ABORT, 'steps are append-only'); END;
CREATE TRIGGER follow_up_steps_are_final BEFORE UPDATE ON follow_up_steps
BEGIN SELECT RAISE(ABORT, 'steps are append-only'); END;
