import { describe, expect, test } from 'vitest';
import { birthOrder, changeOrder, isChange } from './statement-order.ts';

const stated = (time: string, recordedtime: string, more: { id?: string; authid?: string } = {}) => ({
  source: '/s',
  id: more.id ?? 'a',
  time,
  recordedtime,
  ...(more.authid ? { authid: more.authid } : {}),
});
const change = (event: ReturnType<typeof stated>, sequence = 1, at?: string) => changeOrder({ event, sequence }, at);

describe('a change', () => {
  test('of a later moment stands above one of an earlier, whichever was recorded first', () => {
    const early = change(stated('2026-11-28T01:00:00Z', '2026-11-30T01:00:00Z'));
    const late = change(stated('2026-11-29T01:00:00Z', '2026-11-29T02:00:00Z'));
    expect(late > early).toBe(true);
  });

  test('of today, of which the day alone is known (noon), stands when it was recorded: a command of the morning is above it', () => {
    const file = change(stated('2026-11-30T05:00:00Z', '2026-11-30T01:05:00Z', { authid: 'import' }));
    const command = change(stated('2026-11-30T01:10:00Z', '2026-11-30T01:10:00Z'), 2);
    expect(command > file).toBe(true);
    // By what it says began, too.
    const since = change(stated('2026-11-30T01:05:00Z', '2026-11-30T01:05:00Z'), 1, '2026-11-30T05:00:00Z');
    expect(command > since).toBe(true);
    // The evening's file is still above a command of the morning.
    const evening = change(stated('2026-11-30T05:00:00Z', '2026-11-30T11:00:00Z', { authid: 'import' }));
    expect(evening > command).toBe(true);
  });

  test('of a day to come, 24 hours ahead and more, stays there', () => {
    const known = '2026-11-30T00:00:00.000Z';
    const now = change(stated('2026-11-30T00:00:00.001Z', '2026-11-30T00:00:00.001Z'));
    expect(change(stated('2026-12-01T00:00:00.000Z', known)) > now).toBe(true);
    expect(change(stated('2026-11-30T23:59:59.999Z', known)) > now).toBe(false);
  });

  test('a command stands above what came by the door at the same moment', () => {
    const moment = '2026-11-30T01:00:00Z';
    const door = change(stated(moment, moment, { id: 'z', authid: 'feed:hospital' }), 9);
    const command = change(stated(moment, moment, { id: 'a' }), 2);
    expect(command > door).toBe(true);
  });
});

test('a birth is below every change, however late it is repeated', () => {
  const birth = birthOrder(stated('2026-11-30T01:00:00Z', '2026-11-30T01:00:00Z'));
  const old = change(stated('2020-01-01T00:00:00Z', '2020-01-01T00:00:00Z'));
  expect([isChange(birth), isChange(old), old > birth]).toEqual([false, true, true]);
});
