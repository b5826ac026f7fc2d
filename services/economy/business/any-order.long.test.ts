import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { anyOrder } from '../../lifecycle/testing/any-order.ts';
import type { BusinessEvent } from './evolve.ts';
import { type Current, fold } from './fold.ts';
import { type Business, spansOf } from './state.ts';
import { businessTables } from './tables.ts';

const at = (minute: number) => new Date(Date.UTC(2021, 9, 1, 0, minute)).toISOString();
const day = (offset: number) => `2021-10-0${offset + 1}`;
const maybe = <Value>(arbitrary: fc.Arbitrary<Value>) => fc.option(arbitrary, { nil: undefined });
const id = fc.constantFrom('a', 'b');
const moment = fc.integer({ min: 0, max: 4 });
const status = fc.constantFrom('open', 'restricted', 'suspended', 'closed');
const event = (type: string, data: object, change: object = {}): BusinessEvent =>
  ({
    specversion: '1.0',
    id: 'e',
    source: '/register',
    district: 'q7',
    type,
    time: at(0),
    recordedtime: at(0),
    authid: 'feed:/register',
    data: JSON.parse(JSON.stringify(data)),
    ...change,
  }) as BusinessEvent;

const registration = fc
  .record({
    data: fc.record({
      businessId: id,
      name: fc.constantFrom('Quán', 'Tiệm'),
      form: fc.constantFrom('unknown', 'household'),
      registeredDate: moment.map(day),
      status: maybe(status),
      licensedUntil: maybe(moment.map(day)),
      employees: maybe(fc.integer({ min: 0, max: 3 })),
      location: maybe(fc.constantFrom({ lon: 106.7, lat: 10.7 }, { lon: 106.72, lat: 10.71 })),
      areaId: maybe(fc.constantFrom('W1', 'W2')),
    }),
    source: fc.constantFrom('/register', 'import/businesses/monday.csv'),
  })
  .map(({ data, source }) => event('business-registered', data, { source }));
const change = fc
  .record({ businessId: id, status, effectiveDate: moment.map(day), licensedUntil: maybe(moment.map(day)) })
  .map((data) => event('business-status-changed', data));
const events = fc
  .array(fc.tuple(fc.oneof(registration, change), moment, moment), { minLength: 1, maxLength: 10 })
  .map((said) =>
    said.map(([one, time, recorded], index) => ({
      ...one,
      id: `e${index}`,
      time: at(time),
      recordedtime: at(recorded),
    })),
  );

describe('a business', () => {
  anyOrder<Business, BusinessEvent>({
    // The spans follow from the state, and the property compares them by it.
    fold: (entries, versions, seen, told) => {
      const current = new Map([...versions].map(([key, version]): [string, Current] => [key, { version, spans: [] }]));
      return fold(entries, current, seen, told);
    },
    orderOf: businessTables.orderOf,
    idOf: ({ data }) => data.businessId,
    events,
    shown: ({ registered, facts, ...business }) => (registered ? { ...business, spans: spansOf(facts) } : undefined),
  });

  test('registered again by a list without these columns keeps its status, form and number of employees', () => {
    const current = new Map<string, Current>();
    fold(
      [
        event('business-registered', {
          businessId: 'a',
          name: 'Quán',
          form: 'household',
          registeredDate: day(0),
          status: 'suspended',
          employees: 3,
        }),
        event(
          'business-registered',
          { businessId: 'a', name: 'Quán', form: 'unknown', registeredDate: day(0) },
          { id: 'again' },
        ),
      ].map((one, index) => ({ sequence: index + 1, subject: '', event: one })),
      current,
      new Set(),
    );
    const { state } = current.get('a')!.version;
    expect(state).toMatchObject({ form: 'household', employees: 3, facts: [{ status: 'suspended' }] });
  });
});
