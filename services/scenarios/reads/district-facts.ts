import type { Database } from '#platform/database.ts';
import type { Moment } from '../../district/moment.ts';
import { knownBy } from '../../district/places.ts';
import type { PublishedCount } from '../observed.ts';

/** People by area and published age group ("all", "18-49" …), the newest figure of each as known. */
export async function readPopulation(
  database: Database,
  moment: Moment,
  areaIds: string[],
): Promise<Map<string, { groups: Map<string, number>; estimated: boolean; source: string | null }>> {
  const { rows } = await database.query<{
    area_id: string;
    age_group: string;
    people: number;
    estimated: boolean;
    source: string | null;
  }>(
    `SELECT DISTINCT ON (area_id, age_group) area_id, age_group, people, estimated, source FROM geography.published_population
     WHERE district = $1 AND known_at <= $2 AND valid_from <= $3::date AND area_id = ANY($4)
     ORDER BY area_id, age_group, valid_from DESC, known_at DESC, sequence DESC`,
    [moment.district, knownBy(moment), moment.day, areaIds],
  );
  const found = new Map<string, { groups: Map<string, number>; estimated: boolean; source: string | null }>();
  for (const row of rows) {
    const area = found.get(row.area_id) ?? { groups: new Map(), estimated: false, source: null };
    area.groups.set(row.age_group, row.people);
    area.estimated ||= row.estimated;
    area.source ??= row.source;
    found.set(row.area_id, area);
  }
  return found;
}

/** Businesses active on the day, by area with all that lies in it; undefined when there is no register here. */
export async function readBusinesses(
  database: Database,
  moment: Moment,
  areaIds: string[],
): Promise<Map<string, number> | undefined> {
  try {
    const { rows } = await database.query<{ area_id: string; active: number }>(
      `SELECT ancestor_id AS area_id, sum(active)::int AS active FROM economy.active_daily($1, $2, $3::date, $3::date)
       JOIN geography.ancestors_at($1, $5, $3::date) USING (area_id) WHERE ancestor_id = ANY($4) GROUP BY 1`,
      [moment.district, moment.instant, moment.day, areaIds, knownBy(moment)],
    );
    return rows.length === 0 ? undefined : new Map(rows.map((row) => [row.area_id, row.active]));
  } catch (error) {
    // The economy service has never run on this database.
    if (['3F000', '42P01', '42883'].includes((error as { code?: string }).code ?? '')) return undefined;
    throw error;
  }
}

/** Beds of hospitals as last reported; undefined when none has reported. */
export async function readCapacity(
  database: Database,
  moment: Moment,
): Promise<{ beds: number; intensiveCare: number; facilities: number } | undefined> {
  const { rows } = await database.query<{ beds: number; care: number; facilities: number }>(
    `SELECT coalesce(sum(beds_total), 0)::int AS beds, coalesce(sum(intensive_care_total), 0)::int AS care, count(*)::int AS facilities
     FROM epidemic.published_capacity
     WHERE district = $1 AND known_at <= $2 AND known_until > $2 AND kind IN ('hospital', 'field-hospital')`,
    [moment.district, moment.instant],
  );
  const { beds, care, facilities } = rows[0]!;
  return facilities === 0 ? undefined : { beds, intensiveCare: care, facilities };
}

/** People with at least one dose, and with the full course, by area and published age group, as of a date. */
export interface Coverage {
  atLeastOne: Map<string, Map<string, number>>;
  full: Map<string, Map<string, number>>;
}

/** From published counts; where there are none, from single doses, by the model's age groups. */
export async function readCoverage(
  database: Database,
  moment: Moment,
  areaIds: string[],
  date: string,
  ages: readonly { name: string; from: number; to: number }[],
): Promise<{ coverage: Coverage; source: 'published-counts' | 'single-doses' | 'none' }> {
  const { rows: published } = await database.query<{ area_id: string; age: string; one: number; two: number }>(
    `SELECT DISTINCT ON (area_id, age_group) area_id, age_group AS age, coalesce(one_dose, 0) AS one, coalesce(full_course, 0) AS two
     FROM epidemic.published_vaccination WHERE district = $1 AND known_at <= $2 AND as_of_date <= $3::date AND area_id = ANY($4)
     ORDER BY area_id, age_group, as_of_date DESC, known_at DESC, sequence DESC`,
    [moment.district, moment.instant, date, areaIds],
  );
  if (published.length > 0) return { coverage: coverageOf(published), source: 'published-counts' };
  const { rows: single } = await database.query<{ area_id: string; age: string; one: number; two: number }>(
    `SELECT ancestor_id AS area_id, ages.name AS age, count(*) FILTER (WHERE dose_number = 1)::int AS one, count(*) FILTER (WHERE completes_course)::int AS two
     FROM epidemic.published_doses AS doses JOIN geography.ancestors_at($1, $5, $3::date) USING (area_id)
     JOIN unnest($6::text[], $7::int[], $8::int[]) AS ages(name, from_age, to_age) ON age_years BETWEEN from_age AND to_age
     WHERE doses.district = $1 AND known_at <= $2 AND administered_date <= $3::date AND ancestor_id = ANY($4) GROUP BY 1, 2`,
    [
      moment.district,
      moment.instant,
      date,
      areaIds,
      knownBy(moment),
      ages.map(({ name }) => name),
      ages.map(({ from }) => from),
      ages.map(({ to }) => to),
    ],
  );
  return { coverage: coverageOf(single), source: single.length > 0 ? 'single-doses' : 'none' };
}

function coverageOf(rows: { area_id: string; age: string; one: number; two: number }[]): Coverage {
  const coverage: Coverage = { atLeastOne: new Map(), full: new Map() };
  for (const { area_id, age, one, two } of rows)
    for (const [table, count] of [
      [coverage.atLeastOne, one],
      [coverage.full, two],
    ] as const) {
      const area = table.get(area_id) ?? new Map<string, number>();
      area.set(age, count);
      table.set(area_id, area);
    }
  return coverage;
}

/** Counts of new cases by day or week of the areas, each as known at the moment; a rate alone becomes cases by the area's people. */
export async function readPublishedCounts(
  database: Database,
  moment: Moment,
  areaIds: string[],
  people: readonly number[],
): Promise<PublishedCount[]> {
  const { rows } = await database.query<{
    ward: number;
    last_day: number;
    days: number;
    cases: number | null;
    rate: number | null;
    suppressed: boolean;
    definition: string | null;
  }>(
    `SELECT position::int - 1 AS ward, period_end - '1970-01-01'::date AS last_day, period_end - period_start + 1 AS days, cases, rate_per_100k AS rate, suppressed, definition
     FROM epidemic.published_counts JOIN unnest($3::text[]) WITH ORDINALITY AS wanted(area_id, position) USING (area_id)
     WHERE district = $1 AND measure = 'new-cases' AND period_end - period_start IN (0, 6) AND known_at <= $2 AND known_until > $2 AND period_end <= $4::date
     ORDER BY 1, 2`,
    [moment.district, moment.instant, areaIds, moment.day],
  );
  return rows.map(({ ward, last_day, days, cases, rate, suppressed, definition }) => ({
    ward,
    lastDay: last_day,
    days,
    cases: suppressed ? null : (cases ?? (rate === null ? null : (rate * people[ward]!) / 1e5)),
    definition,
  }));
}
