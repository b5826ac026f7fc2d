-- Where nobody published the people of all ages, groups that are every age once are the denominator: 0-17 + 18-64 + 65+ = all. Of several such sets
-- the one of fewest groups counts. Areas with a published total are left out first, so that the search costs nothing where totals are there.
CREATE OR REPLACE FUNCTION geography.population_at(of_district text, of_age_group text, as_of timestamptz, on_day date)
RETURNS TABLE (area_id text, people integer, estimated boolean) LANGUAGE sql STABLE AS $$
  WITH RECURSIVE newest AS MATERIALIZED (
    SELECT DISTINCT ON (area_id, age_group) area_id, age_group, people, estimated FROM geography.published_population
    WHERE district = of_district AND (age_group = of_age_group OR of_age_group = 'all') AND known_at <= as_of AND valid_from <= on_day
    ORDER BY area_id, age_group, valid_from DESC, known_at DESC, sequence DESC
  ),
  parts AS (
    SELECT area_id, people, estimated,
      split_part(rtrim(age_group, '+'), '-', 1)::integer AS from_age,
      -- Nobody is older than a hundred years: "65-120" is open too.
      CASE WHEN coalesce(nullif(split_part(age_group, '-', 2), '')::integer, 100) < 100 THEN split_part(age_group, '-', 2)::integer END AS to_age
    FROM newest
    WHERE of_age_group = 'all' AND age_group ~ '^\d+(\+|-\d+)$' AND area_id NOT IN (SELECT area_id FROM newest WHERE age_group = 'all')
  ),
  sets AS (
    SELECT area_id, to_age, people, estimated, 1 AS size FROM parts WHERE from_age = 0
    UNION ALL
    SELECT parts.area_id, parts.to_age, sets.people + parts.people, sets.estimated OR parts.estimated, size + 1
    FROM sets JOIN parts ON parts.area_id = sets.area_id AND parts.from_age = sets.to_age + 1 AND (parts.to_age IS NULL OR parts.to_age >= parts.from_age)
  )
  SELECT area_id, people, estimated FROM newest WHERE age_group = of_age_group
  UNION ALL
  (SELECT DISTINCT ON (area_id) area_id, people, estimated FROM sets WHERE to_age IS NULL ORDER BY area_id, size)
$$;
