import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { acceptEvent } from '../../services/intake/accept.ts';
import { services } from '../../services/services.ts';
import { loadNames, targetOf } from './names.ts';
import { asK6 } from './testing/as-k6.ts';

const names = Object.keys(loadNames);
const environment = { VX_BASE: 'http://127.0.0.1:9', VX_TOKEN: 'the-token', VX_RUN: 'run-1' };
/** `GET /api/tiles/:layer/:z` as a pattern of paths. */
const routes = services.flatMap(({ access }) =>
  Object.keys(access).map((route) => new RegExp(`^${route.replace(/:\w+/g, '[^/?]+')}$`)),
);

test('every name has a script, and every script that can be run has a name', () => {
  const files = readdirSync(new URL('./', import.meta.url)).filter((file) => file.endsWith('.js'));
  const parts = ['product.js', 'events.js', 'streams.js', 'day.js'];
  expect(files.filter((file) => !parts.includes(file)).sort()).toEqual(names.map((name) => `${name}.js`).sort());
});

test.each(names)('%s asks what there is, as who may, and says what must hold', async (name) => {
  const { options, asked, checks } = await asK6(name, environment);
  expect(asked.length).toBeGreaterThan(0);
  for (const { method, url, headers, body } of asked) {
    const { origin, pathname } = new URL(url);
    expect([origin, headers.authorization]).toEqual(['http://127.0.0.1:9', 'Bearer the-token']);
    expect([url, routes.some((route) => route.test(`${method} ${pathname}`))]).toEqual([url, true]);
    if (body === undefined) continue;
    const events = JSON.parse(body) as { id: string }[];
    for (const event of events) {
      const judged = acceptEvent(event, () => ({ clock: 'live', exercise: false }), new Date('2026-11-30T03:00:00Z'));
      expect(judged.ok ? [] : judged.errors).toEqual([]);
    }
    // Told twice, the door would take them for repetitions and do nothing.
    expect(new Set(events.map(({ id }) => id)).size).toBe(events.length);
    expect(events[0]!.id).toMatch(new RegExp(`^run-1-${name}-`));
  }
  expect(checks.filter(([, holds]) => !holds)).toEqual([]);
  // A run without thresholds ends well whatever happens: times, and that nothing failed.
  expect(Object.keys(options.thresholds).some((metric) => metric.startsWith('http_req_duration{kind:'))).toBe(true);
  expect(Object.keys(options.thresholds).some((metric) => /^(checks|streams_held)/.test(metric))).toBe(true);
  // What a threshold is of is asked for: k6 takes one of nothing for held.
  const kinds = new Set(asked.map(({ tags }) => tags.kind));
  for (const metric of Object.keys(options.thresholds)) {
    const kind = /^http_req_duration\{kind:(\w+)\}/.exec(metric)?.[1];
    if (kind) expect([...kinds]).toContain(kind);
  }
});

test('only a product of this machine is put under load, or one that somebody says is his', () => {
  expect(targetOf('http://localhost:8080/x', false)).toBe('http://localhost:8080');
  expect(targetOf('http://[::1]:8080', false)).toBe('http://[::1]:8080');
  expect(() => targetOf('https://centre.example', false)).toThrow('say --mine');
  expect(() => targetOf('http://localhost.example', false)).toThrow('say --mine');
  expect(() => targetOf('ftp://localhost', true)).toThrow('http(s)');
  expect(targetOf('https://centre.example', true)).toBe('https://centre.example');
});
