import { createHash } from 'node:crypto';
import { programmeActor } from '#contracts/actor.ts';
import type { EventData } from '#contracts/catalogue.ts';
import { attributedEvent } from '#contracts/new-event.ts';
import type { FollowedProjection } from '#platform/projections.ts';
import type { ServiceParts } from '#platform/service.ts';
import type { Moment } from '../district/moment.ts';

type Result = 'risk-scored' | 'forecast-issued' | 'cluster-detected';
const projectionWaitMs = 5000;

/**
 * Puts results into the journal and waits for their rows, so that the next comparison is with what was published. The id is made of the content
 * and the district's clock: appended twice, it is one event. What was computed comes from everything known before and from no one event: all of a call
 * carry a correlation id of their own.
 */
export async function appendResults<Type extends Result>(
  parts: Pick<ServiceParts, 'appender' | 'newId'> & { projection: FollowedProjection },
  moment: Moment,
  type: Type,
  results: EventData<Type>[],
): Promise<number> {
  if (results.length === 0) return 0;
  const attribution = { actor: programmeActor('ml'), correlationId: parts.newId() };
  const messages = results.map((data) => {
    const content = createHash('sha256')
      .update(JSON.stringify([moment.instant, data]))
      .digest('hex');
    return attributedEvent(
      {
        type,
        district: moment.district,
        source: 'ml',
        id: `${type}-${(data as { areaId: string }).areaId}-${content.slice(0, 20)}`,
        time: moment.instant,
        recordedTime: moment.instant,
        exercise: moment.exercise,
        data,
      },
      attribution,
    ).message;
  });
  const appended = await parts.appender.appendAll(messages);
  const refused = appended.find((result) => !result.ok);
  if (refused && !refused.ok) throw new Error(`${type} not journalled: ${refused.reason}, ${refused.detail}`);
  const last = Math.max(...appended.map((result) => (result.ok ? result.sequence : 0)));
  if (!(await parts.projection.reached(moment.district, last, projectionWaitMs)))
    throw new Error(`${type} is journalled (${last}) but its rows have not followed in ${projectionWaitMs} ms`);
  return results.length;
}
