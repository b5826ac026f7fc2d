// 500 events a second for two minutes: what a city's laboratories send in an hour of a great wave, without a pause.
import { postBatch } from './events.js';

const batch = 50;

/** @type {import('k6/options').Options} */
export const options = {
  scenarios: {
    steady: {
      executor: 'constant-arrival-rate',
      rate: 10,
      timeUnit: '1s',
      duration: '2m',
      preAllocatedVUs: 20,
      maxVUs: 60,
    },
  },
  thresholds: {
    checks: ['rate==1'],
    dropped_iterations: ['count==0'],
    'http_req_duration{kind:post}': ['p(95)<250', 'p(99)<1000'],
  },
};

export default function steady() {
  postBatch(batch);
}
