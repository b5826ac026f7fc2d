import type { Database } from '#platform/database.ts';
import type { Moment } from '../../district/moment.ts';
import { geographyMoment, knownSql } from '../moment.ts';

/**
 * Coverage by area and age group. Where totals are published they are shown as published, with the publisher's denominator when it came;
 * elsewhere single doses are counted, each person once for each dose number, over the population of the group.
 */
export async function listVaccination(
  database: Database,
  moment: Moment,
  areaId: string | undefined,
): Promise<{ total: number; items: unknown[] }> {
  const { rows } = await database.query(
    `WITH paths AS MATERIALIZED (SELECT area_id, ancestor_id FROM geography.ancestors_at($1, $3, $4::date)),
     groups AS MATERIALIZED (SELECT DISTINCT age_group FROM geography.published_population WHERE district = $1),
     published AS (
       SELECT DISTINCT ON (area_id, age_group) area_id, age_group, as_of_date, population, one_dose, full_course, additional_dose, known_at
       FROM epidemic.vaccination_versions AS vaccination
       WHERE district = $1 AND ${knownSql('vaccination', moment.asOf, '$2')} AND as_of_date <= $4::date
       ORDER BY area_id, age_group, as_of_date DESC, sequence DESC),
     counted AS (
       SELECT paths.ancestor_id AS area_id, groups.age_group, count(*) FILTER (WHERE dose_number = 1) AS one_dose,
         count(*) FILTER (WHERE completes_course AND dose_number <= 3) AS full_course, count(*) FILTER (WHERE dose_number > 2) AS additional_dose
       FROM epidemic.doses JOIN paths USING (area_id)
       JOIN groups ON groups.age_group = 'all'
         OR (groups.age_group LIKE '%+' AND age_years >= rtrim(groups.age_group, '+')::int)
         OR (groups.age_group LIKE '%-%' AND age_years BETWEEN split_part(groups.age_group, '-', 1)::int AND split_part(groups.age_group, '-', 2)::int)
       WHERE doses.district = $1 AND administered_date <= $4::date AND ($2::timestamptz IS NULL OR known_at <= $2::timestamptz) GROUP BY 1, 2),
     both_sources AS (
       SELECT area_id, age_group, 'published' AS basis, as_of_date, population, one_dose, full_course, additional_dose FROM published
       UNION ALL
       SELECT area_id, age_group, 'single doses', $4::date, NULL, one_dose, full_course, additional_dose FROM counted
       WHERE NOT EXISTS (SELECT 1 FROM published WHERE published.area_id = counted.area_id AND published.age_group = counted.age_group))
     SELECT rows.area_id AS "areaId", rows.age_group AS "ageGroup", basis, as_of_date AS "asOfDate", coalesce(rows.population, people.people) AS denominator,
       CASE WHEN rows.population IS NULL THEN people.estimated END AS "denominatorEstimated",
       one_dose AS "peopleAtLeastOneDose", full_course AS "peopleFullCourse", additional_dose AS "peopleAdditionalDose",
       round(one_dose::numeric / nullif(coalesce(rows.population, people.people), 0), 5) AS "shareOneDose",
       round(full_course::numeric / nullif(coalesce(rows.population, people.people), 0), 5) AS "shareFullCourse"
     FROM both_sources AS rows
     LEFT JOIN LATERAL (SELECT people, estimated FROM geography.population_at($1, rows.age_group, $3, $4::date) AS at_day WHERE at_day.area_id = rows.area_id) AS people ON true
     WHERE $5::text IS NULL OR rows.area_id = $5
     ORDER BY rows.area_id, rows.age_group`,
    [moment.district, moment.asOf ?? null, geographyMoment(moment.asOf), moment.day, areaId ?? null],
  );
  return { total: rows.length, items: rows };
}
