// Many who look on: each holds a stream open while events come in. What each of them heard is for the bench `clients` to say: k6 has no client of server-sent events, and
// sees only whether the stream was held.
import { check, sleep } from 'k6';
import http from 'k6/http';
import { Rate } from 'k6/metrics';
import { postBatch } from './events.js';
import { base, bearer, district } from './product.js';

const heldSeconds = 60;
/** A stream that was open until we ended it. */
const held = new Rate('streams_held');
/** k6's own number for a request that was ended because its time was over. */
const timeIsOver = 1050;

/**
 * @param {number} clients that look on at once
 * @returns {import('k6/options').Options}
 */
export const streamOptions = (clients) => ({
  scenarios: {
    look: {
      executor: 'per-vu-iterations',
      vus: clients,
      iterations: 1,
      maxDuration: `${heldSeconds + 60}s`,
      exec: 'look',
    },
    tell: {
      executor: 'constant-arrival-rate',
      rate: 2,
      timeUnit: '1s',
      duration: `${heldSeconds}s`,
      preAllocatedVUs: 10,
      startTime: '15s',
      exec: 'tell',
    },
  },
  thresholds: {
    streams_held: ['rate>0.999'],
    'http_req_duration{kind:post}': ['p(95)<1000'],
    'checks{kind:post}': ['rate==1'],
  },
});

export function look() {
  // They come over 15 s and not in one moment.
  sleep(Math.random() * 15);
  const answer = http.get(`${base}/api/stream?district=${district}`, {
    headers: { ...bearer, accept: 'text/event-stream' },
    timeout: `${heldSeconds}s`,
    responseType: 'none',
    tags: { kind: 'stream', name: 'GET /api/stream' },
  });
  held.add(answer.error_code === timeIsOver);
  check(
    answer,
    { 'a stream is held until its time is over': ({ error_code }) => error_code === timeIsOver },
    { kind: 'stream' },
  );
}

export function tell() {
  check(postBatch(10), { 'events are taken while many look on': ({ status }) => status === 201 }, { kind: 'post' });
}
