-- The day is the confirmation's for want of a specimen's: only then a correction of the confirmation moves it.
ALTER TABLE epidemic.case_versions ADD COLUMN event_date_is_fallback boolean NOT NULL DEFAULT false;
-- Rows of before do not say which day theirs is: taken as the confirmation's where the two are one day, until the next rebuild.
UPDATE epidemic.case_versions SET event_date_is_fallback = true WHERE event_date = confirmed_date;
