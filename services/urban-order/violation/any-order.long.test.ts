import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { anyOrder } from '../../lifecycle/testing/any-order.ts';
import type { ViolationEvent } from './events.ts';
import { fold } from './fold.ts';
import { violationTables } from './tables.ts';
import { steps, transitions } from './transitions.ts';

const at = (minute: number) => new Date(Date.UTC(2021, 9, 1, 0, minute)).toISOString();
const id = fc.constantFrom('a', 'b', 'c');
const moment = fc.integer({ min: 0, max: 5 });
const maybe = <Value>(arbitrary: fc.Arbitrary<Value>) => fc.option(arbitrary, { nil: undefined });
const event = (type: string, data: object, change: object = {}): ViolationEvent =>
  ({
    specversion: '1.0',
    id: 'e',
    source: '/desk',
    district: 'q7',
    type,
    time: at(0),
    recordedtime: at(0),
    authid: 'feed:/desk',
    data: JSON.parse(JSON.stringify(data)),
    ...change,
  }) as ViolationEvent;

const report = fc
  .record({
    data: fc.record({
      violationId: id,
      kind: fc.constantFrom('other', 'sanitation', 'without-permit'),
      occurredAt: moment.map(at),
      location: maybe(fc.constantFrom({ lon: 106.7, lat: 10.7 }, { lon: 106.72, lat: 10.71 })),
      areaId: maybe(fc.constantFrom('W1', 'W2')),
      reporter: maybe(fc.constantFrom('An', 'Bình')),
    }),
    source: fc.constantFrom('/desk', 'import/violations/monday.csv', 'import/violations/tuesday.csv'),
  })
  .map(({ data, source }) => event('violation-reported', data, { source, time: data.occurredAt }));
const step = fc
  .record({
    name: fc.constantFrom(...steps),
    data: fc.record({
      violationId: id,
      occurredAt: moment.map(at),
      intoViolationId: id,
      minutesNumber: maybe(fc.constantFrom('1', '2')),
    }),
  })
  .map(({ name, data: { intoViolationId, ...data } }) =>
    event(transitions[name].type, { ...data, ...(name === 'merge' && { intoViolationId }) }, { time: data.occurredAt }),
  );
const events = fc
  .array(fc.tuple(fc.oneof(report, step), moment), { minLength: 1, maxLength: 12 })
  .map((said) => said.map(([one, recorded], index) => ({ ...one, id: `e${index}`, recordedtime: at(recorded) })));

describe('a violation', () => {
  anyOrder({
    fold,
    orderOf: violationTables.orderOf,
    idOf: ({ data }) => data.violationId,
    events,
    shown: ({ reported, ...violation }) => (reported ? violation : undefined),
  });

  const reported = (violationId: string, minute = 0) =>
    event('violation-reported', { violationId, kind: 'other', occurredAt: at(minute) }, { id: `r${violationId}` });
  const merged = (violationId: string, intoViolationId: string, minute: number) =>
    event('violation-merged', { violationId, intoViolationId, occurredAt: at(minute) }, { id: `m${violationId}` });
  const stateOf = (said: ViolationEvent[]) => {
    const current = new Map();
    fold(
      said.map((one, index) => ({ sequence: index + 1, subject: '', event: one })),
      current,
      new Set(),
    );
    return Object.fromEntries(
      [...current].map(([key, { state }]) => [key, [state.reported, state.status, state.mergedInto]]),
    );
  };

  test('that was merged before the other was reported is merged when that comes', () => {
    expect(stateOf([reported('a'), merged('a', 'b', 5)])).toEqual({ a: [true, 'reported', null] });
    expect(stateOf([reported('a'), merged('a', 'b', 5), reported('b')])).toEqual({
      a: [true, 'merged', 'b'],
      b: [true, 'reported', null],
    });
  });

  test('of two that were merged into each other the earlier merge holds, whichever was heard first', () => {
    const held = { a: [true, 'merged', 'b'], b: [true, 'reported', null] };
    const [first, second] = [merged('a', 'b', 5), merged('b', 'a', 6)];
    expect(stateOf([reported('a'), reported('b'), first, second])).toEqual(held);
    expect(stateOf([second, reported('a'), reported('b'), first])).toEqual(held);
  });

  test('sent again by tomorrow’s file keeps what the file does not say', () => {
    const file = (name: string, recorded: number, data: object) =>
      event(
        'violation-reported',
        { violationId: 'a', occurredAt: at(0), ...data },
        {
          id: name,
          source: `import/violations/${name}.csv`,
          recordedtime: at(recorded),
        },
      );
    const current = new Map();
    fold(
      [
        file('monday', 1, { kind: 'canal-filling', address: '12 Lê Văn Lương', reporter: 'An' }),
        event('violation-closed', { violationId: 'a', occurredAt: at(9) }, { id: 'c' }),
        file('tuesday', 60, { kind: 'other', address: '14 Lê Văn Lương' }),
      ].map((one, index) => ({ sequence: index + 1, subject: '', event: one })),
      current,
      new Set(),
    );
    expect(current.get('a').state).toMatchObject({
      kind: 'canal-filling',
      address: '14 Lê Văn Lương',
      reporter: 'An',
      status: 'closed',
    });
  });
});
