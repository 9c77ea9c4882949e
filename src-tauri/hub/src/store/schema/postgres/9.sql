-- As SQLite's twelfth step. What only grows there by a trigger only grows here where UPDATE and
-- DELETE are taken from the hub's role.

CREATE INDEX IF NOT EXISTS office_filed ON office_cases (filed_on, origin, id);

CREATE INDEX IF NOT EXISTS office_filed_in ON office_cases (department, filed_on, origin, id);

CREATE TABLE IF NOT EXISTS follow_ups (
  case_id TEXT NOT NULL,
  service TEXT NOT NULL,
  origin TEXT NOT NULL,
  number TEXT NOT NULL,
  matter TEXT NOT NULL,
  filed_on TEXT NOT NULL,
  channel TEXT NOT NULL,
  rating TEXT NOT NULL,
  came_at BIGINT NOT NULL,
  since TEXT NOT NULL,
  state TEXT NOT NULL,
  complex BOOLEAN NOT NULL,
  tries BIGINT NOT NULL,
  steps BIGINT NOT NULL,
  PRIMARY KEY (case_id, service)
);

CREATE INDEX IF NOT EXISTS follow_ups_in ON follow_ups (state, came_at);

CREATE INDEX IF NOT EXISTS follow_ups_filed ON follow_ups (filed_on, state);

CREATE TABLE IF NOT EXISTS follow_up_steps (
  case_id TEXT NOT NULL,
  service TEXT NOT NULL,
  nth BIGINT NOT NULL,
  at BIGINT NOT NULL,
  login TEXT NOT NULL,
  name TEXT NOT NULL,
  step TEXT NOT NULL,
  PRIMARY KEY (case_id, service, nth)
);
