import sql from 'sql-template-tag';
import type { Reads } from '#platform/database.ts';
import {
  type AreaChange,
  type AreaChanges,
  dividedBefore,
  mergedStatements,
  readAreaChanges,
  wholeBefore,
} from '../district/area-changes.ts';
import { known, knownSince } from '../district/known.ts';
import type { Moment } from '../district/moment.ts';
import { knownBy } from '../district/places.ts';
import type { PeopleGroup, PublishedGroup, VaccinatedArea } from './area-coverage.ts';

/** First ages of the ages for which coverage is said: all, and those of QĐ 4800/QĐ-BYT (aged 18, 50 and 65 and over). */
export const coverageAges = [0, 18, 50, 65] as const;

export interface PlacedArea {
  areaId: string;
  parentId: string | null;
  level: string;
}

type Asked = Pick<Moment, 'district' | 'asOf' | 'day'>;

/** All areas of the moment's day, in the order of their ids. */
export async function readPlacedAreas(database: Reads, moment: Asked): Promise<PlacedArea[]> {
  const { rows } = await database.query<PlacedArea>(
    sql`SELECT area_id AS "areaId", parent_id AS "parentId", level
     FROM geography.areas_at(${moment.district}, ${knownBy(moment)}::timestamptz, ${moment.day}::date) ORDER BY area_id`,
  );
  return rows;
}

/**
 * What is known of vaccination on each of some days, as known at the moment; people are those of the moment's own day.
 *
 * @param areas all areas of the district on the moment's day
 * @returns for each of the days, in their order, the areas in theirs
 */
export async function readVaccinated(
  database: Reads,
  moment: Asked,
  areas: readonly PlacedArea[],
  days: readonly string[],
): Promise<VaccinatedArea[][]> {
  const groups = await readGroups(database, moment, days);
  const changes = await readAreaChanges(database, moment);
  const people = await readPeople(database, moment, changes);
  const single = groups.length > 0 ? [] : await readSingle(database, moment, days);
  const groupsOf = Map.groupBy(groups, (row) => `${row.index} ${row.areaId}`);
  const peopleOf = Map.groupBy(people, ({ areaId }) => areaId);
  const heirs = new Map(
    areas.flatMap(({ areaId }) => wholeBefore(changes, areaId).map((before) => [before, areaId] as const)),
  );
  return days.map((_, index) => {
    const counted = single.length > 0 ? addedUp(areas, single, index, heirs) : new Map();
    const across = groupsAcross(areas, changes, (areaId) => groupsOf.get(`${index} ${areaId}`) ?? []);
    return areas.map(({ areaId, parentId }) => ({
      areaId,
      parentId,
      groups: across(areaId),
      people: peopleOf.get(areaId) ?? [],
      single: counted.get(areaId) ?? new Map(),
      divided: dividedBefore(changes, areaId),
    }));
  });
}

/**
 * Totals of an area across a change of borders: its own since then, else of each group that all areas publish which lie wholly in it, their sum. Of a whole whose parts
 * changed and do not publish yet, the sum over its parts of before.
 */
function groupsAcross(
  areas: readonly PlacedArea[],
  changes: AreaChanges,
  ownOf: (areaId: string) => readonly PublishedGroup[],
): (areaId: string) => readonly PublishedGroup[] {
  if (changes.size === 0) return ownOf;
  const merged = (members: readonly (readonly PublishedGroup[])[]) =>
    mergedStatements(members, ({ ageGroup }) => ageGroup, sumOfGroups);
  const before = (areaId: string, { since }: AreaChange) => ownOf(areaId).filter(({ date }) => date < since);
  const groupsOf = (areaId: string, above: readonly string[] = []): readonly PublishedGroup[] => {
    const change = changes.get(areaId);
    if (!change || above.includes(areaId)) return ownOf(areaId);
    const own = change.wasThere ? ownOf(areaId).filter(({ date }) => date >= change.since) : ownOf(areaId);
    if (change.divided.length > 0) return own;
    const members = change.whole.map((part) => groupsOf(part, [...above, areaId]));
    const sums = merged(change.wasThere ? [before(areaId, change), ...members] : members);
    return [...own, ...sums.filter(({ ageGroup }) => !own.some((group) => group.ageGroup === ageGroup))];
  };
  const children = Map.groupBy(areas, ({ parentId }) => parentId);
  return (areaId) => {
    const own = groupsOf(areaId);
    const below = (children.get(areaId) ?? []).map((child) => child.areaId);
    if (own.length > 0 || below.every((child) => !changes.has(child) || groupsOf(child).length > 0)) return own;
    const partsBefore = new Map<string, readonly PublishedGroup[]>();
    for (const child of below) {
      const change = changes.get(child);
      if (!change || change.wasThere) partsBefore.set(child, change ? before(child, change) : ownOf(child));
      for (const part of [...(change?.whole ?? []), ...(change?.divided ?? [])]) partsBefore.set(part, groupsOf(part));
    }
    return merged([...partsBefore.values()]);
  };
}

/** One total of several areas. Its day is the oldest: the sum holds at least what is of that day. */
function sumOfGroups(rows: readonly PublishedGroup[]): PublishedGroup {
  const sum = (of: (row: PublishedGroup) => number | null) =>
    rows.every((row) => of(row) !== null) ? rows.reduce((all, row) => all + of(row)!, 0) : null;
  return {
    ageGroup: rows[0]!.ageGroup,
    date: rows.map(({ date }) => date).reduce((first, date) => (date < first ? date : first)),
    population: sum((row) => row.population),
    oneDose: sum((row) => row.oneDose),
    fullCourse: sum((row) => row.fullCourse),
    additionalDose: sum((row) => row.additionalDose),
  };
}

/** The newest total of each area and age group that is of a day up to each of the days. */
async function readGroups(database: Reads, moment: Asked, days: readonly string[]) {
  const { rows } = await database.query<PublishedGroup & { index: number; areaId: string }>(
    sql`SELECT asked.position::int - 1 AS index, newest.* FROM unnest(${days}::date[]) WITH ORDINALITY AS asked(day, position), LATERAL (
       SELECT DISTINCT ON (area_id, age_group) area_id AS "areaId", age_group AS "ageGroup", as_of_date AS date, population,
         one_dose AS "oneDose", full_course AS "fullCourse", additional_dose AS "additionalDose"
       FROM epidemic.published_vaccination AS v WHERE v.district = ${moment.district} AND ${known('v', moment)} AND as_of_date <= asked.day
       ORDER BY area_id, age_group, as_of_date DESC, sequence DESC) AS newest`,
  );
  return rows;
}

async function readPeople(database: Reads, moment: Asked, changes: AreaChanges) {
  const knownAt = knownBy(moment);
  const { rows } = await database.query<PeopleGroup & { areaId: string }>(
    sql`SELECT DISTINCT ON (area_id, age_group) area_id AS "areaId", age_group AS "ageGroup", valid_from AS date, people, estimated
     FROM geography.published_population
     WHERE district = ${moment.district} AND known_at <= ${knownAt}::timestamptz AND valid_from <= ${moment.day}::date
     ORDER BY area_id, age_group, valid_from DESC, statement_order DESC, known_at DESC, sequence DESC`,
  );
  if (changes.size === 0) return rows;
  // Of areas that were made of others, geography adds up.
  const { rows: across } = await database.query<PeopleGroup & { areaId: string }>(
    sql`SELECT p.area_id AS "areaId", g.age_group AS "ageGroup", ${moment.day} AS date, people, estimated
     FROM unnest(${[...new Set(rows.map(({ ageGroup }) => ageGroup))]}::text[]) AS g(age_group),
       LATERAL geography.population_at(${moment.district}, g.age_group, ${knownAt}::timestamptz, ${moment.day}::date) AS p
     WHERE p.area_id = ANY(${[...changes.keys()]})`,
  );
  return [...rows.filter(({ areaId }) => !changes.has(areaId)), ...across];
}

interface SingleRow {
  index: number;
  areaId: string;
  fromAge: number;
  oneDose: number;
  fullCourse: number;
}

async function readSingle(database: Reads, moment: Asked, days: readonly string[]): Promise<SingleRow[]> {
  const { rows } = await database.query<SingleRow>(
    sql`SELECT asked.position::int - 1 AS index, area_id AS "areaId", from_age AS "fromAge",
       count(*) FILTER (WHERE dose_number = 1)::int AS "oneDose", count(*) FILTER (WHERE completes_first)::int AS "fullCourse"
     FROM unnest(${days}::date[]) WITH ORDINALITY AS asked(day, position), unnest(${[...coverageAges]}::int[]) AS ages(from_age), epidemic.published_doses AS v
     WHERE v.district = ${moment.district} AND administered_date <= asked.day AND COALESCE(age_years, 0) >= from_age AND ${knownSince('v', moment)} GROUP BY 1, 2, 3`,
  );
  return rows;
}

/** Each area with all below it; what lies in no known area goes to the top one. */
function addedUp(
  areas: readonly PlacedArea[],
  rows: readonly SingleRow[],
  index: number,
  heirs: ReadonlyMap<string, string>,
) {
  const sums = new Map<string, Map<number, { oneDose: number; fullCourse: number }>>();
  const byId = new Map(areas.map((area) => [area.areaId, area]));
  const roots = areas.filter(({ parentId }) => parentId === null || !byId.has(parentId));
  const top = (roots.find(({ level }) => level === 'district') ?? roots[0])?.areaId;
  // Doses were reported in this district: whoever has none stands at 0.
  for (const { areaId } of areas)
    sums.set(areaId, new Map(coverageAges.map((age) => [age, { oneDose: 0, fullCourse: 0 }])));
  for (const row of rows) {
    if (row.index !== index) continue;
    let at: string | undefined = byId.has(row.areaId) ? row.areaId : (heirs.get(row.areaId) ?? top);
    while (at !== undefined) {
      const sum = sums.get(at)!.get(row.fromAge)!;
      sum.oneDose += row.oneDose;
      sum.fullCourse += row.fullCourse;
      const above: string | null = byId.get(at)!.parentId;
      at = above !== null && byId.has(above) ? above : undefined;
    }
  }
  return sums;
}
