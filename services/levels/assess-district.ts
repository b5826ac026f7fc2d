import { createHash } from 'node:crypto';
import { programmeActor } from '#contracts/actor.ts';
import { attributedEventOf } from '#contracts/new-event.ts';
import { clockTime } from '../district/moment.ts';
import { levelAssessed } from './events/level-assessed.ts';
import { assessArea } from './explain.ts';
import type { LevelParts } from './parts.ts';
import { readLevels } from './routes/levels.ts';

/** Kinds of areas whose computed level is kept: of a neighbourhood it is computed when it is asked for. */
const keptLevels: readonly string[] = ['district', 'ward'];

/**
 * Computes the levels of the wards and the district, and says those that are others than what was said last.
 *
 * @returns how many were said
 */
export async function assessDistrict(parts: LevelParts, district: string): Promise<number> {
  const read = await readLevels(parts.database, { district }, parts.now());
  const { moment, facts, policy } = read;
  if (!policy || moment.lastKnownAt === null) return 0;
  const { rows } = await parts.database.query<{ area_id: string; said: string }>(
    `SELECT area_id, concat_ws(' ', policy_id, low, high, decided_by) AS said FROM levels.assessment_versions WHERE district = $1 AND known_until = 'infinity'`,
    [district],
  );
  const said = new Map(rows.map((row) => [row.area_id, row.said]));
  const attribution = { actor: programmeActor('levels'), correlationId: parts.newId() };
  const messages = facts.places.all
    .filter(({ level }) => keptLevels.includes(level))
    .flatMap(({ areaId }) => {
      const { assessment } = assessArea(facts, areaId, policy);
      const { level, decidedBy, reasons } = assessment;
      if (said.get(areaId) === `${policy.id} ${level.low} ${level.high} ${decidedBy}`) return [];
      const time = clockTime(moment);
      const data = {
        areaId,
        onDay: moment.day,
        policyId: policy.id,
        ...level,
        decidedBy,
        reasons: [...new Set(reasons.map(({ code }) => code))],
      };
      // Made of the content and the district's clock: appended twice, it is one event.
      const content = createHash('sha256')
        .update(JSON.stringify([time, data]))
        .digest('hex')
        .slice(0, 20);
      const id = `level-assessed-${areaId}-${content}`;
      const { exercise } = moment;
      const { message } = attributedEventOf(
        levelAssessed,
        { district, source: 'levels', id, time, recordedTime: time, exercise, data },
        attribution,
      );
      return [message];
    });
  if (messages.length === 0) return 0;
  const results = await parts.appender.appendAll(messages);
  const last = results.findLast(({ ok }) => ok);
  if (last?.ok) await parts.projection.reached(district, last.sequence, 5000);
  return messages.length;
}
