import { programmeActor } from '#contracts/actor.ts';
import type { CommandParts } from '../../lifecycle/run-command.ts';
import { stampOf, triageCall } from '../calls/commands.ts';
import { inventedKeys, inventedSymptoms } from './invented-callers.ts';

/** Answers that are judged at once. */
const mostAtOnce = 400;

/** Judges what the people of an exercise say once they are spoken with, each once: the keys of patients, the symptoms of callers who have some. */
export async function takeInAnswers(parts: CommandParts, district: string): Promise<number> {
  const { rows } = await parts.database.query<{ callId: string; direction: string }>(
    `SELECT v.call_id AS "callId", v.direction FROM hotline.call_versions v JOIN hotline.callers c USING (district, call_id)
     WHERE v.district = $1 AND v.known_until = 'infinity' AND v.carrier = 'simulated' AND v.status IN ('answered', 'ended') AND c.triage IS NULL
       AND (v.direction = 'daily' OR v.topic = 'symptoms')
     ORDER BY v.call_id LIMIT $2`,
    [district, mostAtOnce],
  );
  for (const { callId, direction } of rows) {
    const stamped = await stampOf(parts, district, { actor: programmeActor('hotline'), correlationId: parts.newId() });
    await triageCall(
      parts,
      { ...stamped, eventId: callId },
      callId,
      direction === 'daily' ? { keys: inventedKeys(callId) } : { symptoms: inventedSymptoms(callId) },
    );
  }
  // What was judged is written a moment later: news of it ask again.
  return 0;
}
