-- When a case came to its status: deaths of a week are counted by it.
CREATE OR REPLACE VIEW epidemic.published_cases AS
  SELECT district, case_id, known_at, known_until, area_id, at, event_date, onset_date, confirmed_date, age_years, exposure, status, first_sequence, sequence,
    status_since
  FROM epidemic.case_versions WHERE status <> 'not-a-case';
CREATE INDEX case_versions_died ON epidemic.case_versions (district, status_since) WHERE known_until = 'infinity' AND status = 'deceased';
