-- Which window filed a case, and which has it in hand (窗口交接).
ALTER TABLE cases ADD COLUMN origin TEXT NOT NULL DEFAULT '';
ALTER TABLE cases ADD COLUMN holder TEXT NOT NULL DEFAULT '';
UPDATE cases SET origin = json_extract(body, '$.origin'), holder = json_extract(body, '$.origin');

-- Cases of other windows that were asked for (接办). A row goes when the case is here.
CREATE TABLE wanted_cases (
  number TEXT PRIMARY KEY,
  reason TEXT NOT NULL,
  clerk TEXT NOT NULL,
  clerk_name TEXT NOT NULL,
  asked_at TEXT NOT NULL,
  -- Why the hub refused, for machines and in words; null while it has not answered.
  code TEXT,
  message TEXT
) WITHOUT ROWID;
