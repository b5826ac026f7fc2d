-- What other services may read of judgements: on whose answer, and how it was judged. Nobody is named.
CREATE VIEW citizens.published_ratings AS
  SELECT district, event_key, report_id, data->>'ratedUnit' AS unit, (data->>'satisfaction')::int AS satisfaction, occurred_at, known_at
  FROM citizens.report_events WHERE type = 'report-rated' AND irregular IS NULL AND data->>'ratedUnit' IS NOT NULL;
