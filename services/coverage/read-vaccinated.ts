import sql from 'sql-template-tag';
import type { Database } from '#platform/database.ts';
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
export async function readPlacedAreas(database: Database, moment: Asked): Promise<PlacedArea[]> {
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
  database: Database,
  moment: Asked,
  areas: readonly PlacedArea[],
  days: readonly string[],
): Promise<VaccinatedArea[][]> {
  const [groups, people] = await Promise.all([readGroups(database, moment, days), readPeople(database, moment)]);
  const single = groups.length > 0 ? [] : await readSingle(database, moment, days);
  const groupsOf = Map.groupBy(groups, (row) => `${row.index} ${row.areaId}`);
  const peopleOf = Map.groupBy(people, ({ areaId }) => areaId);
  return days.map((_, index) => {
    const counted = single.length > 0 ? addedUp(areas, single, index) : new Map();
    return areas.map(({ areaId, parentId }) => ({
      areaId,
      parentId,
      groups: groupsOf.get(`${index} ${areaId}`) ?? [],
      people: peopleOf.get(areaId) ?? [],
      single: counted.get(areaId) ?? new Map(),
    }));
  });
}

/** The newest total of each area and age group that is of a day up to each of the days. */
async function readGroups(database: Database, moment: Asked, days: readonly string[]) {
  const { rows } = await database.query<PublishedGroup & { index: number; areaId: string }>(
    sql`SELECT asked.position::int - 1 AS index, newest.* FROM unnest(${days}::date[]) WITH ORDINALITY AS asked(day, position), LATERAL (
       SELECT DISTINCT ON (area_id, age_group) area_id AS "areaId", age_group AS "ageGroup", as_of_date AS date, population,
         one_dose AS "oneDose", full_course AS "fullCourse", additional_dose AS "additionalDose"
       FROM epidemic.published_vaccination AS v WHERE v.district = ${moment.district} AND ${known('v', moment)} AND as_of_date <= asked.day
       ORDER BY area_id, age_group, as_of_date DESC, sequence DESC) AS newest`,
  );
  return rows;
}

async function readPeople(database: Database, moment: Asked) {
  const { rows } = await database.query<PeopleGroup & { areaId: string }>(
    sql`SELECT DISTINCT ON (area_id, age_group) area_id AS "areaId", age_group AS "ageGroup", valid_from AS date, people, estimated
     FROM geography.published_population
     WHERE district = ${moment.district} AND known_at <= ${knownBy(moment)}::timestamptz AND valid_from <= ${moment.day}::date
     ORDER BY area_id, age_group, valid_from DESC, known_at DESC, sequence DESC`,
  );
  return rows;
}

interface SingleRow {
  index: number;
  areaId: string;
  fromAge: number;
  oneDose: number;
  fullCourse: number;
}

async function readSingle(database: Database, moment: Asked, days: readonly string[]): Promise<SingleRow[]> {
  const { rows } = await database.query<SingleRow>(
    sql`SELECT asked.position::int - 1 AS index, area_id AS "areaId", from_age AS "fromAge",
       count(*) FILTER (WHERE dose_number = 1)::int AS "oneDose", count(*) FILTER (WHERE completes_first)::int AS "fullCourse"
     FROM unnest(${days}::date[]) WITH ORDINALITY AS asked(day, position), unnest(${[...coverageAges]}::int[]) AS ages(from_age), epidemic.published_doses AS v
     WHERE v.district = ${moment.district} AND administered_date <= asked.day AND age_years >= from_age AND ${knownSince('v', moment)} GROUP BY 1, 2, 3`,
  );
  return rows;
}

/** Each area with all below it; what lies in no known area goes to the top one. */
function addedUp(areas: readonly PlacedArea[], rows: readonly SingleRow[], index: number) {
  const sums = new Map<string, Map<number, { oneDose: number; fullCourse: number }>>();
  const byId = new Map(areas.map((area) => [area.areaId, area]));
  const roots = areas.filter(({ parentId }) => parentId === null || !byId.has(parentId));
  const top = (roots.find(({ level }) => level === 'district') ?? roots[0])?.areaId;
  // Doses were reported in this district: whoever has none stands at 0.
  for (const { areaId } of areas)
    sums.set(areaId, new Map(coverageAges.map((age) => [age, { oneDose: 0, fullCourse: 0 }])));
  for (const row of rows) {
    if (row.index !== index) continue;
    let at: string | undefined = byId.has(row.areaId) ? row.areaId : top;
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
