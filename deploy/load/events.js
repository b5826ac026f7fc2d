// Case events as laboratories send them: the same as the benches post, each told once.
import exec from 'k6/execution';
import { Counter } from 'k6/metrics';
import { caseEvent } from '../bench/case-events.ts';
import { post } from './product.js';

/** Events that are on disk. */
const acknowledged = new Counter('events_acknowledged');
/** Of this run: a second run tells other events. */
const run = __ENV.VX_RUN || `load-${Date.now()}`;

/**
 * Posts one batch of new events.
 *
 * @param {number} size events of it
 */
export function postBatch(size) {
  const first = exec.scenario.iterationInTest * size;
  const scenario = exec.scenario.name;
  const events = Array.from({ length: size }, (_, offset) => caseEvent(first + offset, `${run}-${scenario}`));
  const answer = post(events);
  if (answer.status === 201) acknowledged.add(size);
  return answer;
}
