import { programmeActor } from '#contracts/actor.ts';
import { addDays } from '#contracts/days.ts';
import { instantOfWallClock, localDay } from '#platform/local-time.ts';
import { Problem } from '#platform/problem.ts';
import type { CommandParts } from '../../lifecycle/run-command.ts';
import { momentOf } from '../api/moment.ts';
import { receiveCall, stampOf } from '../calls/commands.ts';
import { rounds } from '../daily/events.ts';
import { readRound } from '../daily/projection.ts';
import { type InventedCaller, inventedCallers } from './invented-callers.ts';

const dayMs = 86_400_000;
/** Calls of a day where the round does not say how many. */
const callsPerDay = 24;

/** SQL: the ward of a share of all, and a point in it. $1 district, $2 instant, $3 day, $4 share, $5 seed. */
const placeSql = `WITH wards AS (SELECT area_id, geom FROM geography.areas_at($1, $2::timestamptz, $3::date) WHERE level = 'ward' AND geom IS NOT NULL),
    ward AS (SELECT area_id, geom FROM wards ORDER BY area_id OFFSET floor($4::float8 * (SELECT count(*) FROM wards))::int LIMIT 1)
  SELECT area_id AS "areaId", ST_X(p) AS lon, ST_Y(p) AS lat FROM ward, LATERAL (SELECT ST_GeometryN(ST_GeneratePoints(geom, 1, $5::int), 1) AS p) point`;

interface Due extends InventedCaller {
  /** RFC 3339. */
  calledAt: string;
  day: string;
}

/** Who called in the 24 hours up to an instant: an exercise that leaps over weeks has none of the calls between. */
function callersBefore(district: string, now: string, timeZone: string, perDay: number): Due[] {
  const nowMs = Date.parse(now);
  const today = localDay(nowMs, timeZone);
  return [addDays(today, -1), today].flatMap((day) =>
    inventedCallers(district, day, perDay).flatMap((caller): Due[] => {
      const calledMs = instantOfWallClock(Date.parse(`${day}T00:00:00Z`) + caller.secondOfDay * 1000, timeZone);
      return calledMs > nowMs - dayMs && calledMs <= nowMs
        ? [{ ...caller, day, calledAt: new Date(calledMs).toISOString() }]
        : [];
    }),
  );
}

/**
 * Lets the invented callers of an exercise call, each once, at his own time. What the telephones answer is the simulated carrier's.
 *
 * @returns how many called
 */
export async function letInventedCall(parts: CommandParts, district: string): Promise<number> {
  const { database } = parts;
  const { enabled, mostPerDay } = await readRound(database, district, rounds.inbound);
  if (!enabled) return 0;
  const actor = { actor: programmeActor('hotline'), correlationId: parts.newId() };
  const stamped = await stampOf(parts, district, actor);
  // A real district hears from real people alone.
  if (!stamped.exercise) return 0;
  const { timeZone } = await momentOf(database, district, undefined, parts.now());
  const due = callersBefore(district, stamped.now, timeZone, mostPerDay ?? callsPerDay);
  const { rows: known } = await database.query<{ call_id: string }>(
    'SELECT call_id FROM hotline.call_heads WHERE district = $1 AND call_id = ANY($2::text[])',
    [district, due.map(({ callId }) => callId)],
  );
  const made = new Set(known.map(({ call_id }) => call_id));
  let calls = 0;
  for (const { callId, callerNumber, topic, ward, seed, calledAt, day } of due) {
    if (made.has(callId)) continue;
    const { rows } = await database.query<{ areaId: string; lon: number; lat: number }>(placeSql, [
      ...[district, stamped.now, day, ward, seed],
    ]);
    const place = rows[0];
    await receiveCall(
      parts,
      { ...stamped, now: calledAt, eventId: `${callId}/received` },
      {
        callId,
        callerNumber,
        topic,
        ...(place && { areaId: place.areaId, location: { lon: place.lon, lat: place.lat } }),
      },
    ).catch((error) => {
      // Another copy was faster.
      if (!(error instanceof Problem && error.status === 409)) throw error;
    });
    calls++;
  }
  return calls;
}
