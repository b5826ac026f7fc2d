// The product that is asked, and as whom: `npm run load` says both.
import { check } from 'k6';
import http from 'k6/http';

export const base = __ENV.VX_BASE || 'http://localhost:8080';
export const district = __ENV.VX_DISTRICT || 'q7';
export const bearer = { authorization: `Bearer ${__ENV.VX_TOKEN || ''}` };

/**
 * Asks for something below the product; anything but 200 is a fault.
 *
 * @param {string} path with its query
 * @param {string} name by which its times are told apart
 */
export function read(path, name) {
  const answer = http.get(`${base}${path}`, { headers: bearer, tags: { kind: 'read', name } });
  check(answer, { 'a read is answered 200': ({ status }) => status === 200 });
  return answer;
}

/**
 * Posts events to the door; anything but 201 (on disk) is a fault.
 *
 * @param {readonly object[]} events
 */
export function post(events) {
  const answer = http.post(`${base}/api/events`, JSON.stringify(events), {
    headers: { ...bearer, 'content-type': 'application/cloudevents-batch+json' },
    tags: { kind: 'post', name: 'POST /api/events' },
  });
  check(answer, { 'a batch is answered 201': ({ status }) => status === 201 });
  return answer;
}
