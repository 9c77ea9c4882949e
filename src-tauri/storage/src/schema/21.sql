-- Papers that are not in order yet, each under the last day that had to do with it: what a day's
-- account (日清) finds, for all days at once. The rule is that of `domain/printing/day_end.rs`; the
-- triggers keep the list with every change of what the rule looks at.
CREATE VIEW papers_unsettled AS
SELECT d.number AS number,
  max(date(d.issued_at, '+8 hours'),
    coalesce((SELECT max(j.day) FROM print_jobs j WHERE j.number = d.number), '')) AS day
FROM documents d
WHERE EXISTS (SELECT 1 FROM print_jobs j WHERE j.number = d.number
    AND (j.state IN ('queued', 'sent', 'unknown')
      OR j.state = 'printed' AND NOT EXISTS (SELECT 1 FROM events e
        WHERE e.case_id = j.case_id AND instr(e.text, j.id) > 0)))
  OR NOT EXISTS (SELECT 1 FROM papers_given g WHERE g.number = d.number)
    AND NOT EXISTS (SELECT 1 FROM cases c, json_each(c.body, '$.documents') p
      WHERE c.id = d.case_id AND json_extract(p.value, '$.number') = d.number
        AND json_extract(p.value, '$.outdated'))
    AND ((SELECT j.state FROM print_jobs j WHERE j.number = d.number
        ORDER BY j.queued_at DESC, j.id DESC LIMIT 1) IS 'failed'
      OR NOT EXISTS (SELECT 1 FROM print_jobs j WHERE j.number = d.number AND j.state = 'printed')
        AND NOT EXISTS (SELECT 1 FROM cases c, json_each(c.body, '$.documents') p
          WHERE c.id = d.case_id AND json_extract(p.value, '$.number') = d.number
            AND json_extract(p.value, '$.printed') > 0));

CREATE TABLE papers_open (
  number TEXT PRIMARY KEY,
  day TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX papers_open_by_day ON papers_open (day);
INSERT INTO papers_open (number, day) SELECT number, day FROM papers_unsettled;

CREATE TRIGGER papers_open_issued AFTER INSERT ON documents BEGIN
  INSERT INTO papers_open (number, day)
    SELECT number, day FROM papers_unsettled WHERE number = NEW.number;
END;
CREATE TRIGGER papers_open_queued AFTER INSERT ON print_jobs BEGIN
  DELETE FROM papers_open WHERE number = NEW.number;
  INSERT INTO papers_open (number, day)
    SELECT number, day FROM papers_unsettled WHERE number = NEW.number;
END;
CREATE TRIGGER papers_open_followed AFTER UPDATE OF state ON print_jobs BEGIN
  DELETE FROM papers_open WHERE number = NEW.number;
  INSERT INTO papers_open (number, day)
    SELECT number, day FROM papers_unsettled WHERE number = NEW.number;
END;
CREATE TRIGGER papers_open_given AFTER INSERT ON papers_given BEGIN
  DELETE FROM papers_open WHERE number = NEW.number;
  INSERT INTO papers_open (number, day)
    SELECT number, day FROM papers_unsettled WHERE number = NEW.number;
END;
-- What was printed and what a correction took the place of stands in the case.
CREATE TRIGGER papers_open_folded AFTER UPDATE OF body ON cases
WHEN json_extract(NEW.body, '$.documents') IS NOT json_extract(OLD.body, '$.documents') BEGIN
  DELETE FROM papers_open WHERE number IN
    (SELECT json_extract(value, '$.number') FROM json_each(NEW.body, '$.documents'));
  INSERT INTO papers_open (number, day) SELECT number, day FROM papers_unsettled WHERE number IN
    (SELECT json_extract(value, '$.number') FROM json_each(NEW.body, '$.documents'));
END;
CREATE TRIGGER papers_open_begun AFTER INSERT ON cases BEGIN
  DELETE FROM papers_open WHERE number IN
    (SELECT json_extract(value, '$.number') FROM json_each(NEW.body, '$.documents'));
  INSERT INTO papers_open (number, day) SELECT number, day FROM papers_unsettled WHERE number IN
    (SELECT json_extract(value, '$.number') FROM json_each(NEW.body, '$.documents'));
END;
