-- Guide releases as they were published. Windows pin cases to them, so rows stay as they are.
CREATE TABLE guides (
  release INTEGER PRIMARY KEY,
  digest TEXT NOT NULL UNIQUE,
  region TEXT NOT NULL,
  issued_on TEXT NOT NULL,
  matters INTEGER NOT NULL,
  sample INTEGER NOT NULL,
  length INTEGER NOT NULL,
  published_at TEXT NOT NULL,
  statement TEXT NOT NULL,
  signature TEXT NOT NULL
);
CREATE TRIGGER guides_stay BEFORE DELETE ON guides
BEGIN SELECT RAISE(ABORT, 'published releases are kept'); END;
CREATE TRIGGER guides_are_final BEFORE UPDATE ON guides
BEGIN SELECT RAISE(ABORT, 'published releases are kept'); END;

-- Packed releases, cut into the parts that travel. `base` is the digest of the release that a delta
-- starts from; empty for the whole release.
CREATE TABLE guide_parts (
  digest TEXT NOT NULL REFERENCES guides (digest),
  base TEXT NOT NULL,
  part INTEGER NOT NULL,
  bytes BLOB NOT NULL,
  PRIMARY KEY (digest, base, part)
);
