import fc from 'fast-check';
import { businesses } from '#contracts/events/economy/feeds.ts';
import type { Message } from '#platform/append.ts';
import { type Below, lifecycleContract } from '../lifecycle/testing/contract.ts';
import { statusTransitions } from './business/decide.ts';
import { businessTables } from './business/tables.ts';
import { formulaIds } from './reads/formulas.ts';
import { message, startEconomy } from './testing/district.ts';

const { categories: forms, statuses } = businesses.points;
const day = (offset: number) =>
  new Date(Date.parse('2021-06-01T00:00:00Z') + offset * 86_400_000).toISOString().slice(0, 10);
const known = (offset: number) => `${day(offset)}T05:00:00Z`;

/** Registrations and their corrections, changes of status before and after them, licence terms, places inside and east of every ward. */
const facts = (district: string, below: Below, size: number): Message[] =>
  Array.from({ length: size }, () => {
    const businessId = `b${below(size / 4)}`;
    const happened = below(150);
    const recorded = known(happened + below(20));
    const status = statuses[below(statuses.length)]!;
    if (below(2) === 0) {
      const location = { lon: 106.7 + below(4500) / 100_000, lat: 10.7 + below(1000) / 100_000 };
      return message(district, 'business-registered', recorded, {
        businessId,
        name: `Cửa hàng "${businessId}"`,
        form: forms[below(forms.length)]!,
        registeredDate: day(happened),
        status,
        ...(below(5) && { location }),
        ...(below(6) === 0 && { areaId: `W${below(5)}` }),
        ...(below(3) === 0 && { licensedUntil: day(happened + below(60)) }),
      });
    }
    return message(district, 'business-status-changed', recorded, { businessId, status, effectiveDate: day(happened) });
  });

lifecycleContract('a business', {
  start: startEconomy,
  tables: businessTables,
  furtherTables: ['economy.status_spans'],
  list: '/api/economy/businesses',
  points: '/api/economy/points',
  figures: '/api/economy/figures',
  layer: businesses.points,
  facts,
  filters: {
    asOf: fc.integer({ min: 20, max: 170 }).map(known),
    on: fc.integer({ min: 20, max: 200 }).map(day),
    areaId: fc.constantFrom('D', 'W0', 'W1', 'W2b', 'W3a'),
    status: fc.subarray([...statuses], { minLength: 2 }).map((chosen) => chosen.join(',')),
    form: fc.constantFrom(...forms),
    located: fc.constantFrom('true', 'false'),
    bbox: fc.constantFrom('106.70,10.70,106.72,10.705', '106.71,10.70,106.75,10.71'),
    formula: fc.constantFrom(...formulaIds),
  },
  create: (businessId, location) => ({ businessId, name: 'Phở', registeredDate: '2021-01-04', location }),
  step: { path: 'status', body: { status: 'closed' } },
  unlawful: { path: 'status', body: { status: 'open' } },
  currentStatus: 'open',
  lawfulSteps: statusTransitions.open,
});
