// A day in five minutes: people at screens and maps, feeds that send, and a morning on which everybody comes.
import { sleep } from 'k6';
import { postBatch } from './events.js';
import { openScreen } from './screens.js';
import move from './tiles.js';

/**
 * @param {object} size
 * @param {number} size.people at their screens at the height of the day
 * @param {number} size.eventsPerSecond of all feeds together
 * @returns {import('k6/options').Options}
 */
export const dayOptions = ({ people, eventsPerSecond }) => ({
  scenarios: {
    screens: {
      executor: 'ramping-vus',
      startVUs: 1,
      stages: [
        { target: people, duration: '30s' },
        { target: people, duration: '3m' },
        { target: Math.ceil(people / 5), duration: '90s' },
      ],
      exec: 'atScreens',
    },
    maps: { executor: 'constant-vus', vus: Math.ceil(people / 5), duration: '5m', exec: 'atMaps' },
    feeds: {
      executor: 'constant-arrival-rate',
      rate: Math.ceil(eventsPerSecond / 20),
      timeUnit: '1s',
      duration: '5m',
      preAllocatedVUs: 20,
      maxVUs: 100,
      exec: 'feeds',
    },
  },
  thresholds: {
    checks: ['rate>0.999'],
    'http_req_duration{kind:read}': ['p(95)<500'],
    'http_req_duration{kind:tile}': ['p(95)<300'],
    'http_req_duration{kind:post}': ['p(95)<500'],
  },
});

export function atScreens() {
  openScreen();
  sleep(3 + Math.random() * 6);
}

export function atMaps() {
  move();
  sleep(2);
}

export function feeds() {
  postBatch(20);
}
