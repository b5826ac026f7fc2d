import type { Database } from '#platform/database.ts';
import {
  commonDefinition,
  type PublishedRow,
  publishedAcross,
  sumOfCases,
} from '../../case-history/published-across.ts';
import { everyAge } from '../../coverage/age-ranges.ts';
import { peopleOfAges, type VaccinatedArea } from '../../coverage/area-coverage.ts';
import { readPlacedAreas, readVaccinated } from '../../coverage/read-vaccinated.ts';
import { readAreaChanges, wholeBefore } from '../../district/area-changes.ts';
import type { Moment } from '../../district/moment.ts';
import { knownBy } from '../../district/places.ts';
import type { PublishedCount } from '../observed.ts';
import type { CaseOutcomes } from '../severity-fit.ts';

/** People by area and published age group ("all", "18-49" …), the newest figure of each as known; of an area that others became the sum of theirs (`population_at`). */
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
    `WITH groups AS (SELECT DISTINCT age_group FROM geography.published_population WHERE district = $1 AND known_at <= $2 AND valid_from <= $3::date),
     sources AS (
       SELECT DISTINCT ON (area_id, age_group) area_id, age_group, source FROM geography.published_population
       WHERE district = $1 AND known_at <= $2 AND valid_from <= $3::date AND area_id = ANY($4)
       ORDER BY area_id, age_group, valid_from DESC, statement_order DESC, known_at DESC, sequence DESC)
     SELECT area_id, age_group, people, estimated, source FROM groups CROSS JOIN LATERAL geography.population_at($1, age_group, $2, $3::date)
     LEFT JOIN sources USING (area_id, age_group) WHERE area_id = ANY($4) ORDER BY area_id, age_group`,
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

/** Cases of the line list by day, and those of them that are known to have died. @param since first day that is looked at, an ISO date */
export async function readOutcomes(database: Database, moment: Moment, since: string): Promise<CaseOutcomes[]> {
  const { rows } = await database.query<CaseOutcomes>(
    `SELECT event_date - '1970-01-01'::date AS day, count(*)::int AS cases, (count(*) FILTER (WHERE status = 'deceased'))::int AS deaths
     FROM epidemic.published_cases
     WHERE district = $1 AND known_at <= $2 AND known_until > $2 AND event_date BETWEEN $4::date AND $3::date GROUP BY 1 ORDER BY 1`,
    [moment.district, moment.instant, moment.day, since],
  );
  return rows;
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

/**
 * People of the areas by published age group, by the rule of the figures: an area's own totals, else the sum of all its parts'; of an area for which nothing is
 * published its share, by people, of the totals around it. Single doses only where nothing is published in the district.
 */
export async function readCoverage(
  database: Database,
  moment: Moment,
  areaIds: string[],
  days: readonly string[],
): Promise<{ coverage: Coverage; source: 'published-counts' | 'single-doses' | 'none' }[]> {
  const areas = await readPlacedAreas(database, moment);
  const byDay = await readVaccinated(database, moment, areas, days);
  return byDay.map((vaccinated) => {
    const groups = groupsOfAreas(vaccinated);
    const rows = areaIds.flatMap((areaId) => groups(areaId).map((group) => ({ areaId, ...group })));
    const isPublished = vaccinated.some((area) => area.groups.length > 0);
    return {
      coverage: coverageByGroup(rows),
      source: isPublished ? 'published-counts' : rows.length > 0 ? 'single-doses' : 'none',
    };
  });
}

interface GroupCount {
  ageGroup: string;
  oneDose: number;
  fullCourse: number;
}

/** For an area, the people of each age group that is published for it or counted in it. */
function groupsOfAreas(areas: readonly VaccinatedArea[]): (areaId: string) => GroupCount[] {
  const byId = new Map(areas.map((area) => [area.areaId, area]));
  const parts = Map.groupBy(areas, ({ parentId }) => parentId);
  const people = peopleOfAges(areas);
  const isPublished = areas.some(({ groups }) => groups.length > 0);
  const published = (areaId: string): GroupCount[] => {
    const { groups } = byId.get(areaId)!;
    if (groups.length > 0)
      return groups.map(({ ageGroup, oneDose, fullCourse }) => ({
        ...{ ageGroup, oneDose: oneDose ?? 0, fullCourse: fullCourse ?? 0 },
      }));
    const below = (parts.get(areaId) ?? []).map((part) => published(part.areaId));
    if (below.length === 0 || below.some((groupsBelow) => groupsBelow.length === 0)) return [];
    return [...Map.groupBy(below.flat(), ({ ageGroup }) => ageGroup)].map(([ageGroup, same]) => ({
      ageGroup,
      oneDose: same.reduce((sum, group) => sum + group.oneDose, 0),
      fullCourse: same.reduce((sum, group) => sum + group.fullCourse, 0),
    }));
  };
  const ofAbove = (areaId: string): GroupCount[] => {
    const above = byId.get(areaId)!.parentId;
    if (above === null || !byId.has(above)) return [];
    const around = published(above);
    if (around.length === 0) return ofAbove(above);
    const [own, all] = [people(areaId, everyAge)?.people, people(above, everyAge)?.people];
    if (own === undefined || !all) return [];
    return around.map(({ ageGroup, oneDose, fullCourse }) => ({
      ...{ ageGroup, oneDose: Math.round((oneDose * own) / all), fullCourse: Math.round((fullCourse * own) / all) },
    }));
  };
  return (areaId) => {
    const area = byId.get(areaId);
    if (!area) return [];
    if (!isPublished) return singleGroups(area);
    const own = published(areaId);
    return own.length > 0 ? own : ofAbove(areaId);
  };
}

/** Single doses as people of groups that do not overlap. */
function singleGroups({ single }: VaccinatedArea): GroupCount[] {
  const ages = [...single].sort(([a], [b]) => a - b);
  return ages.map(([from, counted], i) => {
    const next = ages[i + 1];
    return {
      ageGroup: next ? `${from}-${next[0] - 1}` : `${from}+`,
      oneDose: counted.oneDose - (next?.[1].oneDose ?? 0),
      fullCourse: counted.fullCourse - (next?.[1].fullCourse ?? 0),
    };
  });
}

function coverageByGroup(rows: readonly (GroupCount & { areaId: string })[]): Coverage {
  const coverage: Coverage = { atLeastOne: new Map(), full: new Map() };
  for (const { areaId, ageGroup, oneDose, fullCourse } of rows)
    for (const [table, count] of [
      [coverage.atLeastOne, oneDose],
      [coverage.full, fullCourse],
    ] as const) {
      const area = table.get(areaId) ?? new Map<string, number>();
      area.set(ageGroup, count);
      table.set(areaId, area);
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
  const changes = await readAreaChanges(database, moment);
  const wanted = [...new Set(areaIds.flatMap((areaId) => [areaId, ...wholeBefore(changes, areaId)]))];
  const { rows } = await database.query<CountRow>(
    `SELECT area_id AS "areaId", period_start - '1970-01-01'::date AS start, period_end - '1970-01-01'::date AS end, sequence::float8 AS at,
       cases, rate_per_100k AS rate, suppressed, definition
     FROM epidemic.published_counts
     WHERE district = $1 AND area_id = ANY($3) AND measure = 'new-cases' AND period_end - period_start IN (0, 6) AND known_at <= $2 AND known_until > $2 AND period_end <= $4::date
     ORDER BY period_end`,
    [moment.district, moment.instant, wanted, moment.day],
  );
  const byArea = Map.groupBy(rows, (row) => row.areaId);
  return areaIds.flatMap((areaId, ward) =>
    publishedAcross(areaId, changes, (id) => byArea.get(id) ?? [], sumOfRows)
      .toSorted((one, other) => one.end - other.end)
      .map(({ start, end, cases, rate, suppressed, definition }) => ({
        ward,
        lastDay: end,
        days: end - start + 1,
        cases: suppressed ? null : (cases ?? (rate === null ? null : (rate * people[ward]!) / 1e5)),
        definition,
      })),
  );
}

interface CountRow extends PublishedRow {
  rate: number | null;
  suppressed: boolean;
  definition: string | null;
}

const sumOfRows = (areaId: string, rows: readonly CountRow[], latest: CountRow): CountRow => ({
  ...latest,
  areaId,
  cases: sumOfCases(rows),
  rate: null,
  suppressed: rows.some(({ suppressed }) => suppressed),
  definition: commonDefinition(rows),
});
