-- What whoever installed an edition said about it.
ALTER TABLE paper_templates ADD COLUMN note TEXT NOT NULL DEFAULT '';
