import { expect, test } from 'vitest';
import { duesOfCall, officesOf } from './dues.ts';
import { evolveCall, isOpenIncident } from './evolve.ts';
import type { Call, CallEvent } from './state.ts';

const begin = Date.parse('2021-10-01T00:00:00Z');
const at = (seconds: number) => new Date(begin + seconds * 1000).toISOString();
const event = (type: string, seconds: number, data: object = {}, authid = 'hotline') =>
  ({
    type,
    source: 'hotline',
    id: `${type}${seconds}`,
    recordedtime: at(seconds),
    authid,
    data: { callId: 'a', occurredAt: at(seconds), ...data },
  }) as CallEvent;
const chain = ['station', 'hospital'].map((targetId) => ({
  role: 'health-station' as const,
  targetId,
  name: targetId,
  ringSeconds: 60,
}));
const received = (more: object = {}) =>
  event('call-received', 0, {
    direction: 'inbound',
    carrier: 'app',
    channel: '73004999',
    chainRule: 'r',
    chain,
    ...more,
  });
const after = (...events: CallEvent[]): Call =>
  events.reduce<Call | undefined>((call, one) => evolveCall(call, one).state, undefined)!;
const silent = (attempt: number, seconds: number) =>
  event('call-attempt-ended', seconds, { attempt, outcome: 'no-answer' });

test('the end of one ringing begins the next; after the last one it is due at once that nobody answered', () => {
  expect(duesOfCall(after(received()))).toMatchObject([{ rule: 'given-up', sequence: 1, dueAt: at(60) }]);
  expect(duesOfCall(after(received(), silent(1, 60)))).toMatchObject([
    { rule: 'given-up', sequence: 2, dueAt: at(120) },
  ]);
  const missed = after(received(), silent(1, 60), silent(2, 120));
  expect(missed.status).toBe('missed');
  expect(duesOfCall(missed)).toEqual([
    {
      rule: 'unanswered',
      sequence: 1,
      dueAt: at(120),
      type: 'call-unanswered',
      data: { callId: 'a', owners: chain.map(({ ringSeconds: _, ...owner }) => owner) },
    },
  ]);
});

test('a step that waits begins so long after the one before', () => {
  const call = after(received({ chain: [chain[0], { ...chain[1], afterSeconds: 1800 }] }), silent(1, 60));
  expect(call.attempts[1]).toMatchObject({ rangAt: at(1860), outcome: null });
  expect(duesOfCall(call)).toMatchObject([{ sequence: 2, dueAt: at(1920) }]);
});

test('who is on call when a telephone rings is rung: bounds are half-open, also over midnight; nobody, and not asked, are told apart', () => {
  // 00:00Z: a shift that began on the day before goes on over midnight, another begins a minute later.
  const shift = (officerId: string, from: number, until: number) => ({
    ...{ officerId, name: officerId, from: at(from), until: at(until) },
  });
  const onCall = [{ ...shift('night', -3600, 60), account: 'a-night' }, shift('day', 60, 7200), shift('day', 0, 7200)];
  const rung = (shifts: object[] | undefined, ...events: CallEvent[]) =>
    after(received({ chain: chain.map((one) => ({ ...one, onCall: shifts })) }), ...events).attempts.at(-1)!.onCall;
  const night = { officerId: 'night', name: 'night', account: 'a-night' };
  const day = { officerId: 'day', name: 'day', account: null };
  expect(rung(onCall.slice(0, 2))).toEqual([night]);
  expect(rung(onCall.slice(0, 2), silent(1, 59.999))).toEqual([night]);
  expect(rung(onCall.slice(0, 2), silent(1, 60))).toEqual([day]);
  expect(rung(onCall)).toEqual([night, day]);
  expect(rung(onCall, silent(1, 60))).toEqual([day]);
  expect(rung([shift('later', 0.001, 60)])).toEqual([]);
  expect(rung(undefined)).toBeNull();
});

test('nothing is due of a call that was answered, ended, taken up, or of which only the end was heard', () => {
  const answered = after(received(), event('call-answered', 30, { attempt: 1 }, 'doctor'));
  expect(answered).toMatchObject({ status: 'answered', attempts: [{ outcome: 'answered', by: 'doctor' }] });
  expect(duesOfCall(answered)).toEqual([]);
  expect(duesOfCall(after(received(), event('call-ended', 30, { ending: 'caller-hung-up' })))).toEqual([]);
  expect(duesOfCall(after(silent(1, 60)))).toEqual([]);
  const unanswered = after(received(), silent(1, 60), silent(2, 120), event('call-unanswered', 120, { owners: [] }));
  expect([isOpenIncident(unanswered), duesOfCall(unanswered)]).toEqual([true, []]);
  const taken = after(
    received(),
    silent(1, 60),
    silent(2, 120),
    event('call-unanswered', 120, { owners: [] }),
    event('call-taken-up', 200, {}, 'chief'),
  );
  expect([isOpenIncident(taken), taken.status, taken.takenUpBy]).toEqual([false, 'taken-up', 'chief']);
});

test.each([
  ['an answer of a telephone that was given up', event('call-answered', 61, { attempt: 1 })],
  ['a second end of a telephone', silent(1, 61)],
  ['an end of a telephone that has not rung', silent(3, 61)],
  ['nobody answered, while one rings', event('call-unanswered', 61, { owners: [] })],
  ['taken up, where there is nothing', event('call-taken-up', 61)],
])('%s moves nothing and is kept with its reason', (_words, late) => {
  const before = after(received(), silent(1, 60));
  const { state, irregular } = evolveCall(before, late);
  expect(irregular).not.toBeNull();
  expect({ ...state, irregular: [] }).toEqual(before);
});

test('a patient is never an owner: an unreached one without a known team is the leader’s', () => {
  const office = (role: 'hospital' | 'patient', targetId: string) => ({ role, targetId, name: targetId });
  expect(officesOf([office('patient', 'p'), office('hospital', 'h'), office('hospital', 'h')])).toEqual([
    office('hospital', 'h'),
  ]);
  expect(officesOf([office('patient', 'p')])).toEqual([
    { role: 'district-leader', targetId: 'district-leader', name: 'Lãnh đạo quận' },
  ]);
});
