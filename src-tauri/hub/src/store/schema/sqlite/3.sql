-- A device that must no longer sign or sync (停用): when that was said, and from which day its papers
-- are no longer its own. Final: a replacement gets a code and a key of its own.
ALTER TABLE devices ADD COLUMN revoked_at TEXT;
ALTER TABLE devices ADD COLUMN revoked_from TEXT;
CREATE TRIGGER revocations_are_final BEFORE UPDATE ON devices WHEN old.revoked_at IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a revocation is final'); END;
