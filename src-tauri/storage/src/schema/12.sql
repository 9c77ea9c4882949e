-- When a case was decided: by then its result has to be delivered within ten workdays.
ALTER TABLE cases ADD COLUMN decided_on TEXT;
UPDATE cases SET decided_on = json_extract(body, '$.decision.on');
