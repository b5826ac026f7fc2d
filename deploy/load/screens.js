// What the app asks for when somebody opens a screen, and looks at it for a while.
import { sleep } from 'k6';
import { district, read } from './product.js';

/** What each screen asks first. @type {Record<string, string[]>} */
export const screens = {
  map: [
    '/api/districts',
    `/api/geography/areas?district=${district}`,
    `/api/epidemic/figures?district=${district}`,
    `/api/urban-order/figures?district=${district}`,
    `/api/economy/figures?district=${district}`,
    `/api/risk?district=${district}&level=ward`,
  ],
  violations: [`/api/urban-order/violations?district=${district}&limit=50`],
  businesses: [`/api/economy/businesses?district=${district}&limit=50`],
  outlook: [`/api/forecasts?district=${district}`, `/api/epidemic-statistics?district=${district}`],
  centre: ['/api/status', `/api/feeds?district=${district}`],
};

/** @type {import('k6/options').Options} */
export const options = {
  scenarios: {
    people: {
      executor: 'ramping-vus',
      startVUs: 1,
      stages: [
        { target: 50, duration: '30s' },
        { target: 50, duration: '90s' },
      ],
      gracefulRampDown: '10s',
    },
  },
  thresholds: {
    checks: ['rate==1'],
    'http_req_duration{kind:read}': ['p(95)<500', 'p(99)<2000'],
  },
};

export function openScreen() {
  const names = Object.keys(screens);
  const name = names[Math.floor(Math.random() * names.length)] ?? 'map';
  for (const path of screens[name] ?? []) read(path, `${name} ${path.split('?')[0]}`);
}

export default function people() {
  openScreen();
  sleep(2 + Math.random() * 4);
}
