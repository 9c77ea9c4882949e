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
