import { describe, expect, test } from 'vitest';
import type { BusinessEvent } from './evolve.ts';
import { evolve } from './evolve.ts';
import { activeStatuses, type Business, forever, orderFacts, type StatusFact, spanOn, spansOf } from './state.ts';

const hear = (before: Business | undefined, type: BusinessEvent['type'], data: Record<string, unknown>, sequence = 1) =>
  evolve(before, { type, data: { businessId: 'b', ...data } } as unknown as BusinessEvent, sequence);
const register = (data: Record<string, unknown> = {}, before?: Business, sequence = 1) =>
  hear(before, 'business-registered', { name: 'Quán', registeredDate: '2021-03-01', ...data }, sequence);
const change = (before: Business | undefined, status: string, effectiveDate: string, sequence = 2, data = {}) =>
  hear(before, 'business-status-changed', { status, effectiveDate, ...data }, sequence);

describe('a registration', () => {
  test('with the least', () => {
    expect(register()).toEqual({
      businessId: 'b',
      registered: true,
      name: 'Quán',
      form: 'unknown',
      sector: null,
      registeredDate: '2021-03-01',
      employees: null,
      address: null,
      location: null,
      statedAreaId: null,
      facts: [{ from: '2021-03-01', status: 'open', licensedUntil: null, registration: true, sequence: 1 }],
    });
  });

  test('with everything', () => {
    const data = {
      form: 'household',
      sector: 's',
      employees: 0,
      address: 'ad',
      location: { lon: 106.7, lat: 10.7 },
    };
    expect(register({ ...data, areaId: 'W1', status: 'suspended', licensedUntil: '2021-12-31' })).toMatchObject({
      ...data,
      statedAreaId: 'W1',
      facts: [{ status: 'suspended', licensedUntil: '2021-12-31' }],
    });
  });

  test('said again takes the place of the first; changes of status stay', () => {
    const closed = change(register(), 'closed', '2021-05-01', 2);
    const again = register({ registeredDate: '2021-02-01', name: 'Tiệm' }, closed, 3);
    expect(again).toMatchObject({ name: 'Tiệm', registeredDate: '2021-02-01' });
    expect(again.facts).toEqual([
      { from: '2021-02-01', status: 'open', licensedUntil: null, registration: true, sequence: 3 },
      { from: '2021-05-01', status: 'closed', licensedUntil: null, registration: false, sequence: 2 },
    ]);
  });
});

test('a change before any registration is kept of a business that is not known otherwise', () => {
  expect(change(undefined, 'closed', '2021-05-01', 4, { licensedUntil: '2021-06-01' })).toEqual({
    businessId: 'b',
    registered: false,
    name: null,
    form: 'unknown',
    sector: null,
    registeredDate: null,
    employees: null,
    address: null,
    location: null,
    statedAreaId: null,
    facts: [{ from: '2021-05-01', status: 'closed', licensedUntil: '2021-06-01', registration: false, sequence: 4 }],
  });
});

describe('the order of facts', () => {
  const fact = (from: string, registration: boolean, sequence: number): StatusFact => ({
    from,
    status: 'open',
    licensedUntil: null,
    registration,
    sequence,
  });

  test('by day; on one day the registration first, then as they were said', () => {
    const ordered = [
      fact('2021-01-01', true, 9),
      fact('2021-01-01', false, 2),
      fact('2021-01-01', false, 5),
      fact('2021-02-01', false, 1),
    ];
    const mixed = [ordered[3]!, ordered[2]!, ordered[0]!, ordered[1]!];
    expect(orderFacts(mixed)).toEqual(ordered);
    expect(orderFacts(mixed.toReversed())).toEqual(ordered);
    expect(mixed[0]).toBe(ordered[3]);
  });
});

describe('spans', () => {
  const business = [
    ['restricted', '2021-05-01', 2, { licensedUntil: '2021-12-31' }],
    ['closed', '2021-07-01', 3, {}],
    ['suspended', '2021-05-01', 4, {}],
  ].reduce(
    (before, [status, from, sequence, data]) =>
      change(before, status as string, from as string, sequence as number, data as object),
    register(),
  );

  test('each holds until the next begins, the last for ever; of one day the last said holds', () => {
    expect(spansOf(business.facts)).toEqual([
      { from: '2021-03-01', until: '2021-05-01', status: 'open', licensedUntil: null },
      { from: '2021-05-01', until: '2021-07-01', status: 'suspended', licensedUntil: '2021-12-31' },
      { from: '2021-07-01', until: forever, status: 'closed', licensedUntil: '2021-12-31' },
    ]);
    expect(spansOf([])).toEqual([]);
  });

  test('the first day of a span is in it, the day on which the next begins is not', () => {
    const status = (day: string) => spanOn(business, day)?.status;
    expect(
      ['2021-02-28', '2021-03-01', '2021-04-30', '2021-05-01', '2021-06-30', '2021-07-01', '2999-12-31'].map(status),
    ).toEqual([undefined, 'open', 'open', 'suspended', 'suspended', 'closed', 'closed']);
  });
});

test('open with or without limits is active', () => {
  expect(activeStatuses).toEqual(['open', 'restricted']);
  expect(forever).toBe('infinity');
});
