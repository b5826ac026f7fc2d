-- The functions that other services call read the published views: who may read those needs no right on a table. The views are planned away,
-- so the plans stay as they were.
CREATE OR REPLACE FUNCTION geography.areas_at(of_district text, as_of timestamptz, on_day date)
RETURNS TABLE (area_id text, parent_id text, level text, name text, geom geometry, area_km2 double precision) LANGUAGE sql STABLE AS $$
  SELECT area_id, parent_id, level, name, geom, area_km2 FROM geography.published_areas
  WHERE district = of_district AND known_at <= as_of AND known_until > as_of AND valid_from <= on_day AND valid_until > on_day
$$;

CREATE OR REPLACE FUNCTION geography.area_at_point(of_district text, point geometry, on_day date)
RETURNS TABLE (area_id text) LANGUAGE sql STABLE AS $$
  SELECT coalesce(
    (SELECT area_id FROM geography.published_areas
     WHERE district = of_district AND known_until = 'infinity' AND valid_from <= on_day AND valid_until > on_day
       AND level = 'neighbourhood' AND ST_Covers(geom, point)
     ORDER BY area_id LIMIT 1),
    (SELECT area_id FROM geography.published_areas
     WHERE district = of_district AND known_until = 'infinity' AND valid_from <= on_day AND valid_until > on_day
       AND level <> 'neighbourhood' AND ST_Covers(geom, point)
     ORDER BY CASE level WHEN 'ward' THEN 1 ELSE 2 END, area_id LIMIT 1))
$$;

CREATE OR REPLACE FUNCTION geography.population_at(of_district text, of_age_group text, as_of timestamptz, on_day date)
RETURNS TABLE (area_id text, people integer, estimated boolean) LANGUAGE sql STABLE AS $$
  SELECT DISTINCT ON (area_id) area_id, people, estimated FROM geography.published_population
  WHERE district = of_district AND age_group = of_age_group AND known_at <= as_of AND valid_from <= on_day
  ORDER BY area_id, valid_from DESC, known_at DESC, sequence DESC
$$;
