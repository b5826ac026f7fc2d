import type { Figure } from '#contracts/http.ts';
import type { Database } from '#platform/database.ts';
import { listAddress } from '../../district/list-address.ts';
import type { Moment } from '../../district/moment.ts';
import { geographyMoment, knownSql } from '../moment.ts';
import { activeStatuses, type FormulaId, formulaById } from './formulas.ts';

export interface AreaFigures {
  areaId: string;
  parentId: string | null;
  name: string;
  level: string;
  figures: Record<FormulaId, Figure>;
}

interface Row {
  area_id: string;
  parent_id: string | null;
  name: string;
  level: string;
  people: number | null;
  people_estimated: boolean | null;
  line_7: number;
  line_14: number;
  active: number;
  published: number | null;
  published_previous: number | null;
  published_rate: number | null;
  published_suppressed: boolean | null;
  has_published: boolean;
  cases_heard: boolean;
  beds_free: number | null;
  one_dose: number | null;
  full_course: number | null;
  dose_population: number | null;
}

/**
 * The one statement behind every figure of epidemic. A case, facility or dose belongs to its area and to everything above it; what lies in no
 * known area belongs to the top area alone, so that the parts and what is outside them add up to the whole.
 */
const figuresSql = (moment: Moment) => `
WITH areas AS MATERIALIZED (SELECT area_id, parent_id, name, level FROM geography.areas_at($1, $3, $4::date)),
paths AS MATERIALIZED (SELECT area_id, ancestor_id FROM geography.ancestors_at($1, $3, $4::date)),
top AS (SELECT area_id FROM areas WHERE parent_id IS NULL OR parent_id NOT IN (SELECT area_id FROM areas) ORDER BY level = 'district' DESC, area_id LIMIT 1),
people AS MATERIALIZED (SELECT area_id, people, estimated FROM geography.population_at($1, 'all', $3, $4::date)),
line AS MATERIALIZED (
  SELECT cases.area_id, count(*) FILTER (WHERE event_date > $4::date - 7) AS line_7, count(*) AS line_14
  FROM epidemic.case_versions AS cases
  WHERE cases.district = $1 AND ${knownSql('cases', moment.asOf, '$2')} AND event_date > $4::date - 14 AND event_date <= $4::date AND status <> 'not-a-case'
  GROUP BY cases.area_id
),
line_sum AS (
  SELECT coalesce(paths.ancestor_id, (SELECT area_id FROM top)) AS area_id, sum(line_7) AS line_7, sum(line_14) AS line_14
  FROM line LEFT JOIN paths USING (area_id) GROUP BY 1
),
active AS MATERIALIZED (
  SELECT cases.area_id, count(*) AS active FROM epidemic.case_versions AS cases
  WHERE cases.district = $1 AND ${knownSql('cases', moment.asOf, '$2')} AND status IN (${activeStatuses.map((status) => `'${status}'`).join(', ')})
  GROUP BY cases.area_id
),
active_sum AS (
  SELECT coalesce(paths.ancestor_id, (SELECT area_id FROM top)) AS area_id, sum(active) AS active FROM active LEFT JOIN paths USING (area_id) GROUP BY 1
),
periods AS MATERIALIZED (
  SELECT area_id, cases, rate_per_100k, suppressed, period_end
  FROM epidemic.count_versions AS counts
  WHERE counts.district = $1 AND ${knownSql('counts', moment.asOf, '$2')} AND measure = 'new-cases'
    AND period_end <= $4::date AND period_end > $4::date - 28 AND period_end - period_start < 7
),
${contributorsSql('count', 'periods')},
ranked AS (
  SELECT contributors.area_id, contributors.area_id = contributor AS own, cases, rate_per_100k, suppressed,
    dense_rank() OVER (PARTITION BY contributors.area_id ORDER BY period_end DESC) AS age
  FROM count_contributors AS contributors JOIN periods ON periods.area_id = contributor
),
published AS (
  SELECT area_id, true AS has_published,
    sum(cases) FILTER (WHERE age = 1) AS published, sum(cases) FILTER (WHERE age = 2) AS published_previous,
    max(rate_per_100k) FILTER (WHERE age = 1 AND own) AS published_rate, bool_or(suppressed) FILTER (WHERE age = 1) AS published_suppressed
  FROM ranked WHERE age <= 2 GROUP BY area_id
),
beds AS (
  SELECT coalesce(paths.ancestor_id, (SELECT area_id FROM top)) AS area_id, sum(beds_total - beds_occupied) AS beds_free
  FROM epidemic.capacity_versions AS capacity LEFT JOIN paths USING (area_id)
  WHERE capacity.district = $1 AND ${knownSql('capacity', moment.asOf, '$2')} GROUP BY 1
),
dose_rows AS MATERIALIZED (
  SELECT DISTINCT ON (area_id, age_group) area_id, age_group, one_dose, full_course, population
  FROM epidemic.vaccination_versions AS vaccination
  WHERE vaccination.district = $1 AND ${knownSql('vaccination', moment.asOf, '$2')} AND as_of_date <= $4::date
  ORDER BY area_id, age_group, as_of_date DESC, sequence DESC
),
${contributorsSql('dose', 'dose_rows')},
-- The total as published; where only groups are published, their sum.
dose_own AS (
  SELECT area_id, sum(one_dose) AS one_dose, sum(full_course) AS full_course,
    CASE WHEN bool_and(age_group = 'all') THEN max(population) END AS population
  FROM dose_rows WHERE age_group = 'all' OR area_id NOT IN (SELECT area_id FROM dose_rows WHERE age_group = 'all') GROUP BY area_id
),
published_doses AS (
  SELECT contributors.area_id, sum(one_dose) AS one_dose, sum(full_course) AS full_course,
    CASE WHEN bool_and(contributors.area_id = contributor) THEN max(population) END AS population
  FROM dose_contributors AS contributors JOIN dose_own ON dose_own.area_id = contributor GROUP BY contributors.area_id
),
single_doses AS (
  SELECT coalesce(paths.ancestor_id, (SELECT area_id FROM top)) AS area_id,
    count(*) FILTER (WHERE dose_number = 1) AS one_dose, count(*) FILTER (WHERE completes_course AND dose_number <= 3) AS full_course
  FROM epidemic.doses LEFT JOIN paths USING (area_id)
  WHERE doses.district = $1 AND administered_date <= $4::date AND ($2::timestamptz IS NULL OR known_at <= $2::timestamptz) GROUP BY 1
),
heard AS (
  SELECT bool_or(feed IN ('cases', 'counts')) AS cases FROM epidemic.feeds WHERE district = $1
)
SELECT areas.*, coalesce((SELECT cases FROM heard), false) AS cases_heard, people.people, people.estimated AS people_estimated,
  coalesce(line_7, 0)::int AS line_7, coalesce(line_14, 0)::int AS line_14, coalesce(active, 0)::int AS active,
  published::float8 AS published, published_previous::float8 AS published_previous, published_rate, published_suppressed, coalesce(has_published, false) AS has_published, beds_free::int AS beds_free,
  coalesce(published_doses.one_dose, single_doses.one_dose)::int AS one_dose,
  coalesce(published_doses.full_course, single_doses.full_course)::int AS full_course,
  coalesce(published_doses.population, people.people) AS dose_population
FROM areas LEFT JOIN people USING (area_id) LEFT JOIN line_sum USING (area_id) LEFT JOIN active_sum USING (area_id) LEFT JOIN published USING (area_id)
LEFT JOIN beds USING (area_id) LEFT JOIN published_doses USING (area_id) LEFT JOIN single_doses USING (area_id)
WHERE ($5::text IS NULL OR areas.level = $5) AND ($6::text[] IS NULL OR areas.area_id = ANY($6))
ORDER BY areas.level, areas.area_id`;

/**
 * Whose rows make up an area: its own where it has any; else those of the uppermost areas below it that have. `<name>_contributors(area_id,
 * contributor)`; every area comes once for each contributor, and no contributor lies below another of the same area.
 */
export function contributorsSql(name: string, rows: string): string {
  return `${name}_areas AS (SELECT DISTINCT area_id FROM ${rows}),
${name}_upper AS (
  SELECT area_id FROM ${name}_areas WHERE NOT EXISTS (
    SELECT 1 FROM paths WHERE paths.area_id = ${name}_areas.area_id AND ancestor_id <> paths.area_id AND ancestor_id IN (SELECT area_id FROM ${name}_areas))
),
${name}_contributors AS (
  SELECT area_id, area_id AS contributor FROM ${name}_areas
  UNION ALL
  SELECT paths.ancestor_id, ${name}_upper.area_id FROM ${name}_upper JOIN paths USING (area_id)
  WHERE paths.ancestor_id NOT IN (SELECT area_id FROM ${name}_areas)
)`;
}

/** Figures of the areas of a level, of the named areas, or of all. */
export async function readFigures(
  database: Database,
  moment: Moment,
  filter: { level?: string | undefined; areaIds?: string[] | undefined } = {},
): Promise<AreaFigures[]> {
  const { rows } = await database.query<Row>(figuresSql(moment), [
    moment.district,
    moment.asOf ?? null,
    geographyMoment(moment.asOf),
    moment.day,
    filter.level ?? null,
    filter.areaIds ?? null,
  ]);
  return rows.map((row) => toFigures(row, moment));
}

function toFigures(row: Row, moment: Moment): AreaFigures {
  const list = (path: string, rows: Record<string, string | number | boolean> = {}) =>
    listAddress(`/api/epidemic/${path}`, moment, { areaId: row.area_id, onDay: moment.day }, rows);
  const figure = (id: FormulaId, value: number | null, more: Partial<Figure>): Figure => ({
    formula: id,
    formulaVersion: formulaById[id].version,
    value,
    unit: formulaById[id].unit,
    ...more,
  });
  // Published counts speak for an area where there are any; the line list of the same area would count the same people again.
  // A district that has never said anything of cases has no figure, which is not zero.
  const lineList = (cases: number) => (row.cases_heard ? cases : null);
  const cases7 = row.has_published ? row.published : lineList(row.line_7);
  const cases14 = row.has_published
    ? row.published !== null && row.published_previous !== null
      ? row.published + row.published_previous
      : null
    : lineList(row.line_14);
  const active = lineList(row.active);
  const casesList = (periods: number) =>
    row.has_published ? list('counts', { measure: 'new-cases', periods }) : undefined;
  const denominator = { denominator: row.people, ...(row.people_estimated ? { estimated: true } : {}) };
  const per100k = (cases: number | null) =>
    cases === null || !row.people ? null : round((cases * 100_000) / row.people, 3);
  const share = (people: number | null) =>
    people === null || !row.dose_population ? null : round(people / row.dose_population, 5);
  const suppressed = !row.cases_heard
    ? { explanation: 'no feed of cases has been heard in this district' }
    : row.published_suppressed
      ? { explanation: 'suppressed: too few to publish, which is not zero' }
      : {};
  return {
    areaId: row.area_id,
    parentId: row.parent_id,
    name: row.name,
    level: row.level,
    figures: {
      'cases-7d': figure('cases-7d', cases7, {
        numerator: cases7,
        list: casesList(1) ?? list('cases', { windowDays: 7 }),
        ...suppressed,
      }),
      'cases-14d': figure('cases-14d', cases14, {
        numerator: cases14,
        list: casesList(2) ?? list('cases', { windowDays: 14 }),
        ...suppressed,
      }),
      'incidence-7d': figure(
        'incidence-7d',
        row.has_published && row.published_rate !== null ? row.published_rate : per100k(cases7),
        {
          numerator: cases7,
          ...denominator,
          list: casesList(1) ?? list('cases', { windowDays: 7 }),
          ...suppressed,
        },
      ),
      'incidence-14d': figure('incidence-14d', per100k(cases14), {
        numerator: cases14,
        ...denominator,
        list: casesList(2) ?? list('cases', { windowDays: 14 }),
        ...suppressed,
      }),
      'active-cases': figure('active-cases', active, {
        numerator: active,
        list: list('cases', { active: true }),
      }),
      'coverage-one-dose': figure('coverage-one-dose', share(row.one_dose), {
        numerator: row.one_dose,
        denominator: row.dose_population,
        list: list('vaccination'),
      }),
      'coverage-full': figure('coverage-full', share(row.full_course), {
        numerator: row.full_course,
        denominator: row.dose_population,
        list: list('vaccination'),
      }),
      'beds-free': figure('beds-free', row.beds_free, { numerator: row.beds_free, list: list('facilities') }),
    },
  };
}

const round = (value: number, digits: number) => Number(value.toFixed(digits));
