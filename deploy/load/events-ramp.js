// From 1,000 to 20,000 events a second in five minutes, until the door is late: `knee_events_per_second` is what was offered then.
import exec from 'k6/execution';
import { Gauge } from 'k6/metrics';
import { postBatch } from './events.js';

const batch = 500;
const [from, to] = [2, 40];
const knee = new Gauge('knee_events_per_second');

/** @type {import('k6/options').Options} */
export const options = {
  scenarios: {
    ramp: {
      executor: 'ramping-arrival-rate',
      startRate: from,
      timeUnit: '1s',
      preAllocatedVUs: 100,
      maxVUs: 400,
      stages: [{ target: to, duration: '5m' }],
    },
  },
  thresholds: {
    checks: [{ threshold: 'rate>0.99', abortOnFail: true, delayAbortEval: '10s' }],
    // Late: the run ends here, and is not a failure of the product. The last value of the knee is the result.
    'http_req_duration{kind:post}': [{ threshold: 'p(95)<2000', abortOnFail: true, delayAbortEval: '10s' }],
    dropped_iterations: [{ threshold: 'count<50', abortOnFail: true }],
    // Of one core's door; the aim of the whole product is higher (docs/capacity.md).
    knee_events_per_second: ['value>5000'],
  },
};

export default function ramp() {
  const offered = (from + (to - from) * exec.scenario.progress) * batch;
  postBatch(batch);
  knee.add(offered);
}
