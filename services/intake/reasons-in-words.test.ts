// Whatever the door refuses an event for has words in both languages.
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import '../services.ts';
import { judgeEvent } from './accept.ts';

const folder = new URL('../contracts/fixtures/', import.meta.url);
const samples = readdirSync(folder)
  .filter((name) => name.endsWith('.json'))
  .map((name) => ({ name, event: JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as Record<string, unknown> }));

const nasties: unknown[] = [
  '',
  'a b.c',
  'x'.repeat(5000),
  -1,
  1e12,
  0.5,
  null,
  true,
  [],
  [1],
  {},
  { a: 1 },
  '2999-01-01',
  '1900-01-01',
  '2999-01-01T00:00:00Z',
];
const now = new Date('2026-11-30T03:00:00Z');
const rules = () => ({ clock: 'live' as const, exercise: false, timeZone: 'Asia/Ho_Chi_Minh' });

/** Every place of a value, as a path. */
function pathsOf(value: unknown, path: (string | number)[] = []): (string | number)[][] {
  if (typeof value !== 'object' || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([key, inner]) => pathsOf(inner, [...path, key]))];
}
function withValue(value: unknown, [first, ...rest]: readonly (string | number)[], put: unknown): unknown {
  if (first === undefined) return put;
  const copy = Array.isArray(value) ? [...value] : { ...(value as object) };
  return Object.assign(copy, { [first]: withValue((value as Record<string, unknown>)[first], rest, put) });
}

describe.each(samples)('$name', ({ event }) => {
  test('each field with values that cannot be: every reason has words in Vietnamese, and they are not the English', () => {
    const { exercise: _, ...plain } = event;
    const silent = new Set<string>();
    for (const path of pathsOf(plain).filter((one) => one.length > 0))
      for (const nasty of nasties) {
        const judged = judgeEvent(withValue(plain, path, nasty), rules, now, {
          programme: undefined,
          requestId: undefined,
        });
        if (judged.ok) continue;
        for (const { field, reason, words } of judged.errors)
          if (!words || words.vi === words.en) silent.add(`${field}: ${reason}`);
      }
    expect([...silent]).toEqual([]);
  });
});
