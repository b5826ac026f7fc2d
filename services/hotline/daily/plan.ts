import { programmeActor } from '#contracts/actor.ts';
import { localDay } from '#platform/local-time.ts';
import type { CommandParts } from '../../lifecycle/run-command.ts';
import { momentOf } from '../api/moment.ts';
import { message, stampOf } from '../calls/commands.ts';
import { callerNoted, callReceived } from '../calls/events.ts';
import { channel } from '../chain/rules.ts';
import { rounds } from './events.ts';
import { readRound, stillToCall } from './projection.ts';
import { daily, hasBegun, patientChain } from './rule.ts';

/** Calls that are made at once: two facts each. */
const mostAtOnce = 400;

interface Patient {
  caseId: string;
  /** Follows from district, case and day: nobody is called twice. */
  callId: string;
  /** Who cares for him: a care team of his area, else its health station; null: none is known. */
  careId: string | null;
  careName: string | null;
}

/** Patients of a day who have no call of it yet. $1 district, $2 day, $3 statuses, $4 instant, $5 most. */
const patientsSql = `WITH above AS MATERIALIZED (SELECT area_id, ancestor_id FROM geography.ancestors_at($1, $4::timestamptz, $2::text::date)),
  wanted AS (
    SELECT case_id, area_id, 'daily-' || $2::text || '-' || left(md5($1::text || '/' || case_id || '/' || $2::text), 20) AS call_id
    FROM epidemic.published_cases WHERE district = $1 AND known_until = 'infinity' AND status = ANY($3::text[]))
  SELECT w.case_id AS "caseId", w.call_id AS "callId", f.facility_id AS "careId", f.name AS "careName"
  FROM wanted w LEFT JOIN LATERAL (
    SELECT facility_id, name FROM epidemic.published_capacity c
    WHERE c.district = $1 AND c.known_until = 'infinity' AND c.kind IN ('care-team', 'health-station') AND COALESCE(c.staff, 1) > 0
      AND (SELECT ancestor_id FROM above JOIN geography.areas_at($1, $4::timestamptz, $2::text::date) a ON a.area_id = ancestor_id AND a.level = 'ward' WHERE above.area_id = w.area_id LIMIT 1)
        IN (SELECT ancestor_id FROM above WHERE above.area_id = c.area_id)
    ORDER BY c.kind, facility_id LIMIT 1) f ON true
  WHERE NOT EXISTS (SELECT 1 FROM hotline.call_heads h WHERE h.district = $1 AND h.call_id = w.call_id)
  ORDER BY w.call_id LIMIT $5`;

/**
 * Makes the calls of the district's day that are not made yet. May be called as often as one likes, by several at once: a call's number follows from patient
 * and day, and the journal takes the first fact of a call once.
 *
 * @returns how many calls were made
 */
export async function callPatients(parts: CommandParts, district: string): Promise<number> {
  const { database, appender, projection } = parts;
  const round = await readRound(database, district, rounds.daily);
  if (!round.enabled) return 0;
  const stamped = await stampOf(parts, district, {
    actor: programmeActor('hotline'),
    correlationId: parts.newId(),
  });
  const { now, exercise } = stamped;
  const { timeZone } = await momentOf(database, district, undefined, parts.now());
  if (!hasBegun(now, timeZone)) return 0;
  const day = localDay(Date.parse(now), timeZone);
  const most = await stillToCall(database, district, round, { beginning: `daily-${day}-`, atOnce: mostAtOnce });
  const { rows } = await database.query<Patient>(patientsSql, [district, day, daily.statuses, now, most]);
  if (rows.length === 0) return 0;
  const said = rows.flatMap(({ caseId, callId, careId, careName }) => [
    message({ ...stamped, eventId: `${callId}/noted` }, callerNoted, { callId, caseId, occurredAt: now }),
    {
      ...message({ ...stamped, eventId: `${callId}/received` }, callReceived, {
        callId,
        direction: 'daily',
        carrier: exercise ? 'simulated' : 'app',
        channel,
        topic: 'health',
        chainRule: daily.id,
        chain: patientChain(callId),
        ...(careId && { owners: [{ role: 'health-station' as const, targetId: careId, name: careName ?? careId }] }),
        occurredAt: now,
      }),
      expectedSubjectSequence: 0,
    },
  ]);
  const results = await appender.appendAll(said);
  const failed = results.find((result) => !result.ok && result.reason !== 'wrong-sequence');
  if (failed && !failed.ok) throw new Error(`daily calls not journalled: ${failed.reason}, ${failed.detail}`);
  await projection.reached(district, Math.max(0, ...results.map((one) => (one.ok ? one.sequence : 0))), 5000);
  return rows.length;
}
