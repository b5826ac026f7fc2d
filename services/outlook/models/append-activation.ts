import type { EventData } from '#contracts/catalogue.ts';
import { appendProblem } from '#platform/command.ts';
import { Problem } from '#platform/problem.ts';
import { type Stamp, stampedEvent } from '../../district/stamp.ts';
import type { WorkParts } from '../work-parts.ts';

const projectionWaitMs = 5000;

/** Puts a decision on a version into the journal and waits for its row. Throws a Problem when the journal does not take it. */
export async function appendActivation(
  parts: Pick<WorkParts, 'appender' | 'projection'>,
  stamp: Stamp,
  data: EventData<'model-activated'>,
): Promise<void> {
  // the same decision may be taken again: each is an event of its own
  const id = `model-activated-${stamp.eventId}`;
  const { message } = stampedEvent(stamp, { type: 'model-activated', source: 'ml', id, data });
  const result = await parts.appender.append(message);
  if (!result.ok) throw appendProblem(result);
  if (!(await parts.projection.reached(stamp.district, result.sequence, projectionWaitMs)))
    throw new Problem(503, 'Not available now', {
      detail: 'The decision is in the journal and will be in force; its row has not followed yet.',
      headers: { 'retry-after': '2' },
    });
}
