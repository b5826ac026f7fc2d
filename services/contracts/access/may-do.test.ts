import { describe, expect, test } from 'vitest';
import { mayDo, reachOf } from './may-do.ts';
import { type Grant, nobody, type Principal } from './principal.ts';

const now = Date.parse('2026-11-30T05:00:00Z');
const with_ = (...grants: (Pick<Grant, 'role'> & Partial<Grant>)[]): Principal => ({
  actor: { authtype: 'user', authid: 'p1' },
  known: true,
  grants: grants.map((grant) => ({ districts: ['q7'], areas: 'all', ...grant })),
});
const q7 = { district: 'q7' };

describe('a grant', () => {
  const doctor = with_({ role: 'epidemiologist' });

  test('holds in its districts alone', () => {
    expect(mayDo(doctor, 'case.read', 'person', q7, now)).toBe(true);
    expect(mayDo(doctor, 'case.read', 'person', { district: 'q1' }, now)).toBe(false);
    expect(mayDo(doctor, 'case.read', 'person', { everywhere: true }, now)).toBe(false);
    expect(
      mayDo(with_({ role: 'epidemiologist', districts: 'all' }), 'case.read', 'person', { everywhere: true }, now),
    ).toBe(true);
  });

  test('holds from its first instant until before its last', () => {
    const at = (from: string | undefined, until: string | undefined) =>
      mayDo(
        with_({ role: 'epidemiologist', ...(from ? { from } : {}), ...(until ? { until } : {}) }),
        'case.read',
        'person',
        q7,
        now,
      );
    expect(at('2026-11-30T05:00:00Z', undefined)).toBe(true);
    expect(at('2026-11-30T05:00:00.001Z', undefined)).toBe(false);
    expect(at(undefined, '2026-11-30T05:00:00.001Z')).toBe(true);
    expect(at(undefined, '2026-11-30T05:00:00Z')).toBe(false);
  });

  test('holds up to the data class of its role', () => {
    const analyst = with_({ role: 'analyst' });
    expect(mayDo(analyst, 'stream.read', 'aggregate', q7, now)).toBe(true);
    expect(mayDo(analyst, 'stream.read', 'person', q7, now)).toBe(false);
    expect(mayDo(analyst, 'case.read', 'person', q7, now)).toBe(false);
    expect(mayDo(analyst, 'case.read', 'public', q7, now)).toBe(false);
  });
});

describe('a grant of areas', () => {
  const officer = with_({ role: 'health-station-officer', areas: ['ward-a', 'ward-a-1'] });

  test('reads counts and public data of the whole district', () => {
    expect(mayDo(officer, 'figure.read', 'aggregate', q7, now)).toBe(true);
    expect(mayDo(officer, 'place.read', 'public', q7, now)).toBe(true);
  });

  test('reads rows of persons, and changes, in its areas alone', () => {
    const may = (action: string, areas?: string[]) => mayDo(officer, action, 'person', { ...q7, areas }, now);
    for (const action of ['case.read', 'case.report']) {
      expect([action, may(action, ['ward-a-1'])]).toEqual([action, true]);
      expect([action, may(action, ['ward-b'])]).toEqual([action, false]);
      expect([action, may(action, ['ward-a', 'ward-b'])]).toEqual([action, false]);
      expect([action, may(action, [])]).toEqual([action, false]);
      expect([action, may(action)]).toEqual([action, false]);
    }
  });

  test('two grants do not lend each other what one of them lacks', () => {
    const two = with_({ role: 'health-station-officer', areas: ['ward-a'] }, { role: 'analyst' });
    expect(mayDo(two, 'case.read', 'person', { ...q7, areas: ['ward-b'] }, now)).toBe(false);
    expect(mayDo(two, 'case.read', 'person', q7, now)).toBe(false);
  });
});

test('a token says its types of events and no others', () => {
  const feed = { ...with_({ role: 'feed' }), eventTypes: ['case-confirmed'] };
  const may = (action: string, eventType: string) => mayDo(feed, action, 'person', { ...q7, eventType }, now);
  expect(may('case.report', 'case-confirmed')).toBe(true);
  expect(may('case.update', 'case-corrected')).toBe(false);
  expect(may('risk.score', 'risk-scored')).toBe(false);
});

test('nobody may what is open, and nothing else', () => {
  expect(mayDo(nobody, 'session.begin', 'public', {}, now)).toBe(true);
  expect(mayDo(nobody, 'place.read', 'public', q7, now)).toBe(false);
  expect(mayDo(nobody, 'no.such-action', 'public', q7, now)).toBe(false);
});

test('how far: everywhere, in areas of several grants, not at all', () => {
  const reach = (who: Principal, dataClass: 'aggregate' | 'person') =>
    reachOf(who, 'stream.read', dataClass, 'q7', now);
  const officer = with_(
    { role: 'health-station-officer', areas: ['a'] },
    { role: 'hospital', areas: ['b'] },
    { role: 'epidemiologist', districts: ['q1'] },
  );
  expect(reach(officer, 'aggregate')).toBe('all');
  expect(reach(officer, 'person')).toEqual(new Set(['a', 'b']));
  expect(reach(with_({ role: 'analyst' }), 'person')).toBeUndefined();
});
