import sql from 'sql-template-tag';
import type { Database } from '#platform/database.ts';
import { known, knownSince } from '../../district/known.ts';
import type { Moment } from '../../district/moment.ts';
import { knownBy } from '../../district/places.ts';
import { areasSql } from '../areas.ts';

/**
 * Coverage by area and age group. Where totals are published they are shown as published, with the publisher's denominator when it came;
 * elsewhere single doses are counted, each person once for each dose number, over the population of the group.
 */
export async function listVaccination(
  database: Database,
  moment: Moment,
  areaId: string | undefined,
): Promise<{ total: number; items: Record<string, unknown>[] }> {
  const { district, day } = moment;
  const { rows } = await database.query<Record<string, unknown>>(
    sql`WITH ${areasSql(moment)},
     groups AS MATERIALIZED (SELECT DISTINCT age_group FROM geography.published_population WHERE district = ${district}),
     published AS (
       SELECT DISTINCT ON (area_id, age_group) area_id, age_group, as_of_date, population, one_dose, full_course, additional_dose, known_at
       FROM epidemic.vaccination_versions AS v
       WHERE v.district = ${district} AND ${known('v', moment)} AND as_of_date <= ${day}::date
       ORDER BY area_id, age_group, as_of_date DESC, sequence DESC),
     counted AS (
       SELECT paths.ancestor_id AS area_id, groups.age_group, count(*) FILTER (WHERE dose_number = 1) AS one_dose,
         count(*) FILTER (WHERE completes_course AND dose_number <= 3) AS full_course, count(*) FILTER (WHERE dose_number > 2) AS additional_dose
       FROM epidemic.doses AS v JOIN paths USING (area_id)
       JOIN groups ON groups.age_group = 'all'
         OR (groups.age_group LIKE '%+' AND age_years >= rtrim(groups.age_group, '+')::int)
         OR (groups.age_group LIKE '%-%' AND age_years BETWEEN split_part(groups.age_group, '-', 1)::int AND split_part(groups.age_group, '-', 2)::int)
       WHERE v.district = ${district} AND administered_date <= ${day}::date AND ${knownSince('v', moment)} GROUP BY 1, 2),
     both_sources AS (
       SELECT area_id, age_group, 'published' AS basis, as_of_date, population, one_dose, full_course, additional_dose FROM published
       UNION ALL
       SELECT area_id, age_group, 'single doses', ${day}::date, NULL, one_dose, full_course, additional_dose FROM counted
       WHERE NOT EXISTS (SELECT 1 FROM published WHERE published.area_id = counted.area_id AND published.age_group = counted.age_group))
     SELECT rows.area_id AS "areaId", rows.age_group AS "ageGroup", basis, as_of_date AS "asOfDate", coalesce(rows.population, people.people) AS denominator,
       CASE WHEN rows.population IS NULL THEN people.estimated END AS "denominatorEstimated",
       one_dose AS "peopleAtLeastOneDose", full_course AS "peopleFullCourse", additional_dose AS "peopleAdditionalDose",
       round(one_dose::numeric / nullif(coalesce(rows.population, people.people), 0), 5) AS "shareOneDose",
       round(full_course::numeric / nullif(coalesce(rows.population, people.people), 0), 5) AS "shareFullCourse"
     FROM both_sources AS rows
     LEFT JOIN LATERAL (
       SELECT people, estimated FROM geography.population_at(${district}, rows.age_group, ${knownBy(moment)}::timestamptz, ${day}::date) AS at_day
       WHERE at_day.area_id = rows.area_id) AS people ON true
     WHERE ${areaId === undefined ? sql`true` : sql`rows.area_id = ${areaId}`}
     ORDER BY rows.area_id, rows.age_group`,
  );
  return { total: rows.length, items: rows };
}
