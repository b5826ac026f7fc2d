import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CloudEvent } from '#contracts/cloud-event.ts';
import { readRegisters, writeRegisters } from '../../district/registers.ts';
import { evolvePoint } from './evolve.ts';
import type { PointState } from './point-state.ts';

const at = (minute: number) => new Date(Date.UTC(2021, 7, 1, 0, minute)).toISOString();
const dayOf = (day: number) => `2021-08-0${day}`;
const maybe = <Value>(arbitrary: fc.Arbitrary<Value>) => fc.option(arbitrary, { nil: undefined });
const location = fc.constantFrom({ lon: 106.7, lat: 10.7 }, { lon: 106.75, lat: 10.72 });
const day = fc.integer({ min: 1, max: 4 }).map(dayOf);
const occurredAt = fc.integer({ min: 0, max: 3 }).map(at);

const data: Record<string, Record<string, fc.Arbitrary<object>>> = {
  cases: {
    'case-confirmed': fc.record({
      location: maybe(location),
      confirmedDate: day,
      specimenDate: maybe(day),
      exposure: maybe(fc.constantFrom('community', 'quarantine', 'unknown')),
      status: maybe(fc.constantFrom('active', 'recovered', 'not-a-case')),
    }),
    'case-corrected': fc.record({
      location: maybe(location),
      areaId: maybe(fc.constant('W1')),
      specimenDate: maybe(day),
    }),
    'case-status-changed': fc.record({ status: fc.constantFrom('active', 'deceased'), since: maybe(occurredAt) }),
  },
  violations: {
    'violation-reported': fc.record({
      occurredAt,
      location: maybe(location),
      kind: fc.constantFrom('other', 'sanitation', 'encroachment'),
    }),
    'violation-verified': fc.record({ occurredAt }),
    'violation-minuted': fc.record({ occurredAt }),
    'violation-closed': fc.record({ occurredAt }),
    'violation-dismissed': fc.record({ occurredAt }),
  },
  businesses: {
    'business-registered': fc.record({
      registeredDate: day,
      location: maybe(location),
      form: fc.constantFrom('unknown', 'household', 'enterprise'),
      status: maybe(fc.constantFrom('open', 'suspended')),
    }),
    'business-status-changed': fc.record({
      effectiveDate: day,
      status: fc.constantFrom('open', 'closed', 'restricted'),
    }),
  },
};
const keys: Record<string, string> = { cases: 'caseId', violations: 'violationId', businesses: 'businessId' };

const eventsOf = (layer: string) =>
  fc
    .array(
      fc.oneof(
        ...Object.entries(data[layer]!).map(([type, said]) =>
          fc.record({
            type: fc.constant(type),
            said,
            time: fc.integer({ min: 0, max: 3 }),
            recorded: fc.integer({ min: 0, max: 3 }),
          }),
        ),
      ),
      { minLength: 1, maxLength: 7 },
    )
    .map((facts) =>
      facts.map(
        ({ type, said, time, recorded }, index): CloudEvent => ({
          specversion: '1.0',
          id: `e${index}`,
          source: 's',
          type,
          time: at(time),
          district: 'q7',
          recordedtime: at(recorded),
          authid: 'feed:s',
          data: { [keys[layer]!]: 'x', ...JSON.parse(JSON.stringify(said)) },
        }),
      ),
    )
    .chain((said) =>
      fc.tuple(
        fc.constant(said),
        fc
          .tuple(
            fc.shuffledSubarray(said, { minLength: said.length, maxLength: said.length }),
            fc.shuffledSubarray(said),
          )
          .map(([all, again]) => [...all, ...again]),
      ),
    );

/** As the table gives it back. */
const stored = (state: PointState | undefined): PointState | undefined =>
  state && {
    ...state,
    happenedAt: state.happenedAt && new Date(state.happenedAt).toISOString(),
    ...(state.said ? { said: readRegisters(writeRegisters(state.said)) } : {}),
  };
const fold = (layer: string, events: readonly CloudEvent[], between = (state: PointState | undefined) => state) =>
  events.reduce<PointState | undefined>(
    (state, event, index) => between(evolvePoint(layer, state, { sequence: index + 1, subject: '', event })),
    undefined,
  );
const shown = (state: PointState | undefined) => {
  if (!state) return undefined;
  const { firstSequence: _first, sequence: _sequence, order: _order, said: _said, applied: _applied, ...rest } = state;
  return stored({ ...rest, firstSequence: 0, sequence: 0, order: '', applied: [] });
};

describe.each(Object.keys(data))('a point of %s', (layer) => {
  test('is the same in any order of arrival and with any repetition', () => {
    fc.assert(
      fc.property(eventsOf(layer), ([said, otherwise]) => {
        expect(shown(fold(layer, otherwise))).toEqual(shown(fold(layer, said)));
      }),
      { numRuns: 1500 },
    );
  });

  test('is the same however often it was written and read between', () => {
    fc.assert(
      fc.property(eventsOf(layer), ([, heard]) => {
        expect(fold(layer, heard, stored)).toEqual(stored(fold(layer, heard)));
      }),
      { numRuns: 500 },
    );
  });
});
