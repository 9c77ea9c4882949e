-- Looking for a case by a part of its name or number reads this alone, not the cases themselves.
DROP INDEX cases_by_day;
CREATE INDEX cases_by_day ON cases (filed_on DESC, number DESC, applicant_key, matter_name);

-- The lists of the day: what waits for the same thing, in one window's hands, by what presses.
DROP INDEX cases_by_state;
CREATE INDEX cases_by_state
  ON cases (state, holder, coalesce(decided_on, due, notify_by), number);
CREATE INDEX cases_in_conflict ON cases (id) WHERE conflicts > 0;
