-- Who the case was has been removed on legal request: place, age, sex and what was said stand in none of its rows any more.
ALTER TABLE epidemic.case_versions ADD COLUMN removed boolean NOT NULL DEFAULT false;
-- The planner's samples would outlive their rows; no index and no plan needs those of places and of what was said.
ALTER TABLE epidemic.case_versions ALTER COLUMN at SET STATISTICS 0, ALTER COLUMN said SET STATISTICS 0;
