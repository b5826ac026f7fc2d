-- Other services call it: it reads the published views, so that they need no right on a table.
CREATE OR REPLACE FUNCTION economy.active_daily(of_district text, as_of timestamptz, from_date date, to_date date)
RETURNS TABLE (area_id text, day date, active bigint) LANGUAGE sql STABLE AS $$
  WITH active AS (
    SELECT b.area_id, s.from_day, s.until_day FROM economy.published_business_status s
    JOIN economy.published_businesses b ON b.district = s.district AND b.business_id = s.business_id AND b.known_at <= as_of AND b.known_until > as_of
    WHERE s.district = of_district AND s.known_at <= as_of AND s.known_until > as_of AND s.status IN ('open', 'restricted')
  ), changes AS (
    SELECT area_id, GREATEST(from_day, from_date) AS day, count(*) AS change FROM active WHERE from_day <= to_date AND until_day > from_date GROUP BY 1, 2
    UNION ALL
    SELECT area_id, until_day, -count(*) FROM active WHERE until_day > from_date AND until_day <= to_date AND from_day <= to_date GROUP BY 1, 2
  ), daily AS (
    SELECT areas.area_id, days.day::date AS day, COALESCE(sum(c.change), 0) AS change
    FROM (SELECT DISTINCT area_id FROM changes) areas CROSS JOIN generate_series(from_date, to_date, interval '1 day') AS days(day)
    LEFT JOIN changes c ON c.area_id IS NOT DISTINCT FROM areas.area_id AND c.day = days.day::date GROUP BY 1, 2
  ), summed AS (SELECT area_id, day, sum(change) OVER (PARTITION BY area_id ORDER BY day)::bigint AS active FROM daily)
  SELECT area_id, day, active FROM summed WHERE active > 0
$$;
