-- A release is kept packed (Zstandard): a guide of 20,000 matters is 100 MB of text. Where `packed`
-- is set, `text` is empty; releases of before this step keep their text.
ALTER TABLE guides ADD COLUMN packed BLOB;
ALTER TABLE guides ADD COLUMN length INTEGER NOT NULL DEFAULT 0;
-- Where it came from: `bundled`, `file`, `hub`.
ALTER TABLE guides ADD COLUMN source TEXT NOT NULL DEFAULT 'file';
