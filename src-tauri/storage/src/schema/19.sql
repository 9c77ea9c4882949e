-- The list of 帮您办 that all windows of a station share. What was written stays; only where a record
-- stands in the hub's list is learned later, and anew where the hub was put back to a backup.
CREATE TABLE help_records (
  -- In the order in which they came to be here.
  arrival INTEGER PRIMARY KEY,
  -- SHA-256 of `text`: what a record is known by.
  hash TEXT NOT NULL UNIQUE,
  entry TEXT NOT NULL,
  -- The log of the window that wrote it.
  origin TEXT NOT NULL,
  -- JSON, byte for byte as it was written.
  text TEXT NOT NULL,
  -- Its place in the hub's list, the end of the list with it, and the hub's word; none while this
  -- window does not find it there.
  place INTEGER UNIQUE,
  head TEXT,
  signature TEXT,
  -- The place that it had in a list that the hub lost.
  was INTEGER,
  -- Why the hub did not take it.
  code TEXT,
  message TEXT
);
CREATE INDEX help_records_of_entry ON help_records (entry);
CREATE INDEX help_records_unlisted ON help_records (arrival) WHERE place IS NULL;
CREATE TRIGGER help_records_stay BEFORE DELETE ON help_records
BEGIN SELECT RAISE(ABORT, 'a ledger keeps what was written'); END;
CREATE TRIGGER help_records_are_final BEFORE UPDATE OF arrival, hash, entry, origin, text
ON help_records
BEGIN SELECT RAISE(ABORT, 'a ledger keeps what was written'); END;
CREATE TRIGGER training_shares_no_help BEFORE INSERT ON help_records
WHEN EXISTS (SELECT 1 FROM meta WHERE name = 'training.mark')
BEGIN SELECT RAISE(ABORT, 'training: nothing that another window would see'); END;

-- What came from another window into somebody's hands and they have not looked at yet.
CREATE TABLE help_news (
  entry TEXT PRIMARY KEY,
  -- In whose hands, in the form in which people are compared.
  hands TEXT NOT NULL
) WITHOUT ROWID;

-- The entries anew: two windows could give out one number, as copies of one disk do.
CREATE TABLE ledger_anew (
  id TEXT PRIMARY KEY,
  number TEXT NOT NULL,
  kind TEXT NOT NULL,
  state TEXT NOT NULL,
  brought_on TEXT NOT NULL,
  -- The last day that presses now; none where nothing is owed.
  pressing TEXT,
  -- Name and contact, for searching by those who may see them.
  person_key TEXT NOT NULL,
  -- Everything else that is searched.
  words TEXT NOT NULL,
  registered_by TEXT NOT NULL,
  -- JSON, the whole entry.
  body TEXT NOT NULL,
  -- Who has it, in the form in which people are compared.
  hands TEXT NOT NULL,
  -- Of the shared list: the window that registered it, by the name of its first log; none for what
  -- stays here.
  origin TEXT,
  -- How many of its records were set aside.
  aside INTEGER NOT NULL
) WITHOUT ROWID;
INSERT INTO ledger_anew (id, number, kind, state, brought_on, pressing, person_key, words,
    registered_by, body, hands, origin, aside)
  SELECT id, number, kind, state, brought_on, pressing, person_key, words, registered_by, body,
    replace(coalesce(json_extract(body, '$.referred_to'), json_extract(body, '$.facts.about'), ''),
      ' ', ''), NULL, 0
  FROM ledger;
DROP TABLE ledger;
ALTER TABLE ledger_anew RENAME TO ledger;
CREATE INDEX ledger_by_day ON ledger (kind, brought_on, number);
CREATE INDEX ledger_by_pressing ON ledger (kind, pressing) WHERE pressing IS NOT NULL;
