import { expect, test } from 'vitest';
import { alarmMs, alarmNow, pageAt, pageMs, wallPages } from './rotation.ts';

test('every page comes round, in order, for days', () => {
  const daysMs = 3 * 86_400_000;
  expect(wallPages.map((_, at) => pageAt(at * pageMs))).toEqual([...wallPages]);
  expect(pageAt(pageMs - 1)).toBe(pageAt(0));
  expect(pageAt(wallPages.length * pageMs)).toBe(wallPages[0]);
  expect(wallPages).toContain(pageAt(daysMs + 12_345));
});

test('a new alarm takes over for its time; one that was there, or holds no more, does not', () => {
  const known = new Set(['old']);
  expect(alarmNow(undefined, known, ['old'], 0)).toBeUndefined();
  const shown = alarmNow(undefined, known, ['old', 'new'], 1000)!;
  expect(shown).toEqual({ key: 'new', untilMs: 1000 + alarmMs });
  const seen = new Set(['old', 'new']);
  expect(alarmNow(shown, seen, ['new'], 2000)).toBe(shown);
  expect(alarmNow(shown, seen, ['old'], 2000)).toBeUndefined();
  expect(alarmNow(shown, seen, ['new'], 1000 + alarmMs)).toBeUndefined();
  expect(alarmNow(shown, seen, ['new', 'newer'], 2000)?.key).toBe('newer');
});
