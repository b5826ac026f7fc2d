import sql from 'sql-template-tag';
import { type SmallCellPolicy, smallCellPolicy } from '#contracts/access/small-cells.ts';
import { streamOf } from '#platform/journal.ts';
import { KeptAnswers } from '#platform/kept-answers.ts';
import { firstMessage } from '#platform/read-stream.ts';
import type { ServiceParts } from '#platform/service.ts';
import type { Moment } from '../../district/moment.ts';
import { areasSql, summedUp } from '../areas.ts';
import { casesOf } from '../cases/filters.ts';
import { momentOf } from '../moment.ts';
import { type Cell, suppress } from './suppress.ts';
import { type ReleasedWeek, releasedWeeks } from './weeks.ts';

export type ReleaseParts = Pick<ServiceParts, 'database' | 'broker' | 'now'>;

/** What was released of a week. */
export interface ReleasedTable {
  week: ReleasedWeek;
  /** Of each area of that week: its count; null: hidden. */
  told: ReadonlyMap<string, number | null>;
  /** How many parts of an area whose count is told are hidden. */
  hiddenBelow: ReadonlyMap<string, number>;
}

export interface Releases {
  /** Tables of the weeks that end in the days and had been released at the moment, newest first. */
  tables: (moment: Moment, days: { from: string; to: string }, most?: number) => Promise<ReleasedTable[]>;
}

const keptWeeks = 2000;
const keptDistricts = 200;

/**
 * The released counts of cases. A table is made of the rows as they were known at its release, so it is the same whenever it is made, also after a rebuild; it is
 * kept here only because it never changes.
 */
export function releases(parts: ReleaseParts, policy: SmallCellPolicy = smallCellPolicy): Releases {
  const kept = new KeptAnswers<ReleasedTable>(keptWeeks);
  const firstKnown = new KeptAnswers<string>(keptDistricts);
  return {
    tables: async (moment, days, most = smallCellPolicy.mostWeeks) => {
      const { district, timeZone } = moment;
      const firstKnownAt = await firstKnown.of(district, () => readFirstKnown(parts, district)).catch(notHeard);
      const clock = { timeZone, firstKnownAt, until: await newestSaid(parts, moment) };
      const weeks = releasedWeeks(clock, days, policy, most);
      // Asked once for all of them: what was read up to the newest release was read up to the others.
      let read: Promise<void> | undefined;
      const makeTable = async (week: ReleasedWeek) => {
        read ??= assertRead(parts, moment, weeks[0]!.releasedAt);
        await read;
        return readTable(parts, moment, week, policy);
      };
      const tables: ReleasedTable[] = [];
      try {
        // One after another: a first look at a year must not take every connection.
        for (const week of weeks)
          tables.push(await kept.of(`${district} ${week.to} ${week.releasedAt}`, () => makeTable(week)));
      } catch (error) {
        if (!(error instanceof StillReading)) throw error;
      }
      return tables;
    },
  };
}

/** Thrown so that it is not kept: a district is heard of later. */
class NotHeard extends Error {}
const notHeard = (error: unknown) => {
  if (error instanceof NotHeard) return null;
  throw error;
};

/** When the first case and the first area were both known. */
async function readFirstKnown({ database }: ReleaseParts, district: string): Promise<string> {
  const { rows } = await database.query<{ at: Date | null }>(
    sql`SELECT CASE WHEN cases.at IS NOT NULL AND areas.at IS NOT NULL THEN GREATEST(cases.at, areas.at) END AS at
      FROM (SELECT min(known_at) AS at FROM epidemic.case_versions WHERE district = ${district}) AS cases,
        (SELECT min(known_at) AS at FROM geography.published_areas WHERE district = ${district}) AS areas`,
  );
  const at = rows[0]!.at;
  if (!at) throw new NotHeard();
  return at.toISOString();
}

/** The moment that is asked for, but no later than the district's clock: what is still to come is not released. */
async function newestSaid({ database, now }: ReleaseParts, moment: Moment): Promise<string> {
  if (moment.asOf === undefined) return moment.instant;
  const present = await momentOf(database, moment.district, undefined, now());
  return Date.parse(present.instant) < Date.parse(moment.instant) ? present.instant : moment.instant;
}

/** Thrown so that it is not kept: the rows will have it in a moment. */
class StillReading extends Error {}

/**
 * Throws StillReading while the journal holds facts from before a release that the rows do not: a table of a part of them would be told, and change.
 * `position` is read before the rows are, so the rows hold at least as much.
 */
async function assertRead(
  { database, broker }: ReleaseParts,
  { district, clock }: Moment,
  releasedAt: string,
): Promise<void> {
  const stream = streamOf(district);
  const { rows } = await database.query<{ sequence: string }>(
    sql`SELECT sequence FROM epidemic.positions WHERE projection = 'epidemic' AND stream = ${stream}`,
  );
  const at = Number(rows[0]?.sequence ?? 0) + 1;
  const unread = await firstMessage(broker, { stream, at, filter: `vx.${district}.epidemic.>` }, unreadPatienceMs);
  // Recorded history is stored long after it became known.
  if (unread && (clock === 'recorded' || Number(BigInt(unread.storedAt) / 1_000_000n) <= Date.parse(releasedAt)))
    throw new StillReading();
}

/** How long the broker is given to find an unread message; where there is none, a first look at a week takes so long. */
const unreadPatienceMs = 1000;

/** The counts of a week as known at its release, suppressed; made of rows each time. */
export async function readTable(
  { database }: Pick<ReleaseParts, 'database'>,
  { district, ...at }: Moment,
  week: ReleasedWeek,
  policy: SmallCellPolicy,
): Promise<ReleasedTable> {
  const moment: Moment = { ...at, district, asOf: week.releasedAt, instant: week.releasedAt, day: week.to };
  const { rows } = await database.query<{ area_id: string; parent_id: string | null; cases: number }>(
    sql`WITH ${areasSql(moment)},
    line AS MATERIALIZED (
      SELECT v.area_id, count(*) AS cases FROM epidemic.case_versions AS v
      WHERE ${casesOf({ windowDays: smallCellPolicy.periodDays }, moment)} GROUP BY v.area_id
    ),
    line_sum AS (${summedUp(sql`sum(cases) AS cases`, sql`line`)})
    SELECT area_id, parent_id, coalesce(cases, 0)::int AS cases FROM areas LEFT JOIN line_sum USING (area_id) ORDER BY area_id`,
  );
  const cells: Cell[] = rows.map(({ area_id, parent_id, cases }) => ({
    areaId: area_id,
    parent: parent_id,
    count: cases,
  }));
  const told = suppress(cells, policy);
  const hiddenBelow = new Map<string, number>();
  for (const { areaId, parent } of cells)
    if (parent !== null && told.get(areaId) === null && told.get(parent) !== null)
      hiddenBelow.set(parent, (hiddenBelow.get(parent) ?? 0) + 1);
  return { week, told, hiddenBelow };
}
