-- A third dose of a course of two completes it too, for somebody who had not completed it before: people with a full course are counted once.
CREATE OR REPLACE VIEW epidemic.published_doses AS
  SELECT district, area_id, age_years, dose_number, completes_course, administered_date, known_at,
    completes_course AND NOT EXISTS (
      SELECT FROM epidemic.doses AS earlier
      WHERE earlier.district = doses.district AND earlier.person_key = doses.person_key AND earlier.dose_number < doses.dose_number
        AND earlier.completes_course) AS completes_first
  FROM epidemic.doses;
