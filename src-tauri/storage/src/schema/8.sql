-- The hub's signature of an event that it wrote, so that it can be given back to a hub that lost it
-- (none for what came before there were signatures).
ALTER TABLE events ADD COLUMN signature TEXT;

-- The logs of the hub that this window reads: the newest, with the highest number, is the one that
-- the hub writes in; it begins another one when it was put back to a backup.
CREATE TABLE hub_logs (
  log TEXT PRIMARY KEY,
  nth INTEGER NOT NULL UNIQUE
) WITHOUT ROWID;
INSERT INTO hub_logs (log, nth) SELECT DISTINCT origin, 1 FROM events WHERE origin LIKE 'hub-%';

-- What this window gave back, in relays of its own log.
CREATE TABLE given_back (
  hash TEXT PRIMARY KEY
) WITHOUT ROWID;
