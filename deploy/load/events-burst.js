// A quiet feed that sends a day's list at once, three times: 20 events a second, then 5,000 for ten seconds.
import { postBatch } from './events.js';

const batch = 500;

/** @type {import('k6/options').Options} */
export const options = {
  scenarios: {
    burst: {
      executor: 'ramping-arrival-rate',
      // Batches a minute.
      startRate: 3,
      timeUnit: '1m',
      preAllocatedVUs: 20,
      maxVUs: 200,
      stages: [1, 2, 3].flatMap(() => [
        { target: 3, duration: '20s' },
        { target: 600, duration: '1s' },
        { target: 600, duration: '10s' },
        { target: 3, duration: '1s' },
      ]),
    },
  },
  thresholds: {
    checks: ['rate==1'],
    dropped_iterations: ['count==0'],
    'http_req_duration{kind:post}': ['p(95)<3000'],
  },
};

export default function burst() {
  postBatch(batch);
}
