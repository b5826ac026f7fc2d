// Tiles of the map as a person moves over it: a screen of them at a time, from the whole district to a street.

import { check, sleep } from 'k6';
import http from 'k6/http';
import { base, bearer, district } from './product.js';

const layers = ['areas', 'violations', 'businesses', 'incidents'];
/** The middle of District 7, degrees. */
const [lon, lat] = [106.72, 10.73];

/** @type {import('k6/options').Options} */
export const options = {
  scenarios: { move: { executor: 'constant-vus', vus: 20, duration: '1m' } },
  thresholds: {
    checks: ['rate==1'],
    'http_req_duration{kind:tile}': ['p(95)<200'],
  },
};

/**
 * Addresses of the tiles that a screen of 3 × 2 shows.
 *
 * @param {number} zoom @param {number} east @param {number} north degrees
 */
export function tilesAround(zoom, east, north) {
  const size = 2 ** zoom;
  const x = Math.floor(((east + 180) / 360) * size);
  const radians = (north * Math.PI) / 180;
  const y = Math.floor(((1 - Math.asinh(Math.tan(radians)) / Math.PI) / 2) * size);
  return layers.flatMap((layer) =>
    [-1, 0, 1].flatMap((across) =>
      [0, 1].map((down) => `/api/tiles/${layer}/${zoom}/${x + across}/${y + down}.mvt?district=${district}`),
    ),
  );
}

export default function move() {
  const zoom = 12 + Math.floor(Math.random() * 5);
  const [east, north] = [lon + (Math.random() - 0.5) * 0.04, lat + (Math.random() - 0.5) * 0.04];
  const answers = http.batch(
    tilesAround(zoom, east, north).map((path) => ({
      method: 'GET',
      url: `${base}${path}`,
      params: { headers: bearer, tags: { kind: 'tile', name: 'a tile' } },
    })),
  );
  for (const answer of answers)
    check(answer, { 'a tile is there, or empty': ({ status }) => status === 200 || status === 204 });
  sleep(1);
}
