import type { Database } from '#platform/database.ts';
import { clockTime, districtClock, type Moment } from '../district/moment.ts';

/** From where a computation on cases looks. Its instant has milliseconds, as events have: what is said of it can be looked up again. */
export interface CaseMoment extends Moment {
  /** When cases were last heard of, as far as known at the moment; null: never. */
  lastKnownAt: string | null;
  /** Anything of the epidemic was heard: the clock of recorded history stands somewhere. */
  started: boolean;
}

const casesHeard = ['epidemic.published_cases.known_at', 'epidemic.published_counts.known_at'];
const othersHeard = ['epidemic.published_capacity.known_at', 'epidemic.published_vaccination.known_at'];
// What is computed of cases says by itself when they were last heard of too long ago.
const clock = districtClock([...casesHeard, ...othersHeard], { beyond: 'goes-on' });
export const { newestKnown } = clock;

/** Throws a 404 Problem for a district that is not there. */
export async function momentOf(
  database: Database,
  district: string,
  asOf: string | undefined,
  now: Date,
): Promise<CaseMoment> {
  const [moment, { rows }] = await Promise.all([
    clock.momentOf(database, district, asOf, now),
    database.query<{ cases: Date | null; others: Date | null }>(lastKnownStatement, [district, asOf ?? 'infinity']),
  ]);
  const { cases, others } = rows[0]!;
  return {
    ...moment,
    instant: clockTime(moment),
    lastKnownAt: cases?.toISOString() ?? null,
    started: cases !== null || others !== null,
  };
}

const newestOf = (columns: readonly string[]) =>
  `GREATEST(${columns.map((column) => {
    const [schema, view, name] = column.split('.');
    return `(SELECT max(${name}) FROM ${schema}.${view} WHERE district = $1 AND ${name} <= $2)`;
  })})`;
const lastKnownStatement = `SELECT ${newestOf(casesHeard)} AS cases, ${newestOf(othersHeard)} AS others`;
