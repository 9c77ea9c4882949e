-- Editions of the paper templates that were installed here. None: the program's own are in use.
-- A row without text goes back to the program's own.
CREATE TABLE paper_templates (
  edition INTEGER PRIMARY KEY,
  text TEXT,
  installed_at TEXT NOT NULL,
  installed_by TEXT NOT NULL
);
CREATE TRIGGER paper_templates_stay BEFORE DELETE ON paper_templates
BEGIN SELECT RAISE(ABORT, 'editions of templates are kept'); END;
CREATE TRIGGER paper_templates_are_final BEFORE UPDATE ON paper_templates
BEGIN SELECT RAISE(ABORT, 'editions of templates are kept'); END;

-- How many copies (联) the PDF holds one after the other: two parts never share a sheet of paper.
ALTER TABLE documents ADD COLUMN parts INTEGER NOT NULL DEFAULT 2;

-- What the paper says, for printers that take no PDF: the same words are set anew for them.
ALTER TABLE documents ADD COLUMN words TEXT;
