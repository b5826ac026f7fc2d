-- The day is the second-best one (a case's confirmation for want of a specimen): a correction of it then moves the day. Rows of before count as
-- dated by the best day until the next rebuild.
ALTER TABLE geography.points ADD COLUMN day_is_fallback boolean NOT NULL DEFAULT false;
