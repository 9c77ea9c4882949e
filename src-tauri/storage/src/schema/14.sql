-- Whoever applied or came for somebody, as written the last time: so that nobody is typed twice.
-- Made of the filings, and nothing that only stands here.
CREATE TABLE parties (
  -- Two sorts of documents may have the same number.
  id_type TEXT NOT NULL,
  id_number TEXT NOT NULL,
  name_key TEXT NOT NULL,
  -- What they were: the name of a kind of applicant; none for who only came for another.
  kind TEXT,
  seen_on TEXT NOT NULL,
  matter_name TEXT NOT NULL,
  -- The party, as JSON.
  body TEXT NOT NULL,
  PRIMARY KEY (id_number, id_type)
) WITHOUT ROWID;
CREATE INDEX parties_by_name ON parties (name_key, seen_on);

INSERT OR REPLACE INTO parties (id_type, id_number, name_key, kind, seen_on, matter_name, body)
SELECT json_extract(body, '$.agent.id_type'), json_extract(body, '$.agent.id_number'),
       -- The points of names, made one as the program compares them.
       replace(replace(json_extract(body, '$.agent.name'), '•', '·'), '・', '·'), NULL, filed_on,
       matter_name, json_extract(body, '$.agent')
FROM cases WHERE json_extract(body, '$.agent.id_number') IS NOT NULL ORDER BY filed_on, number;
INSERT OR REPLACE INTO parties (id_type, id_number, name_key, kind, seen_on, matter_name, body)
SELECT json_extract(body, '$.applicant.id_type'), json_extract(body, '$.applicant.id_number'), applicant_key, json_extract(body, '$.applicant.kind'),
       filed_on, matter_name, json_extract(body, '$.applicant')
FROM cases WHERE json_extract(body, '$.applicant.id_number') IS NOT NULL ORDER BY filed_on, number;
