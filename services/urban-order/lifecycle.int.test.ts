import fc from 'fast-check';
import { violations } from '#contracts/events/urban-order/feeds.ts';
import type { Message } from '#platform/append.ts';
import { type Below, lifecycleContract } from '../lifecycle/testing/contract.ts';
import { formulaIds } from './reads/formulas.ts';
import { message, startUrbanOrder } from './testing/district.ts';
import { violationTables } from './violation/tables.ts';
import { steps, stepTable, transitions, violationStatuses } from './violation/transitions.ts';

const kinds = violations.points.categories;
const at = (hour: number) => new Date(Date.parse('2021-09-01T00:00:00Z') + hour * 3_600_000).toISOString();

/** Reports (with and without place, inside and east of every ward), corrections, steps in any order, merges. */
const facts = (district: string, below: Below, size: number): Message[] =>
  Array.from({ length: size }, (_, index) => {
    const violationId = `v${below(size / 3)}`;
    const occurred = below(1000);
    const recorded = at(occurred + below(100));
    if (below(2) === 0) {
      const location = { lon: 106.7 + below(4500) / 100_000, lat: 10.7 + below(1000) / 100_000 };
      const report = { violationId, kind: kinds[below(kinds.length)]!, occurredAt: at(occurred) };
      const place = { ...(below(5) && { location }), ...(below(6) === 0 && { areaId: `W${below(5)}` }) };
      return message(district, 'violation-reported', { ...report, ...place }, recorded, `fact ${index}`);
    }
    const step = steps[below(steps.length)]!;
    const taken = { violationId, occurredAt: at(occurred) };
    const more = {
      ...(step === 'merge' && { intoViolationId: `v${below(size / 3)}` }),
      ...(step === 'decide' && below(2) && { remedyDueDate: '2021-10-01' }),
    };
    return message(district, transitions[step].type, { ...taken, ...more }, recorded, `fact ${index}`);
  });

lifecycleContract('a violation', {
  start: startUrbanOrder,
  tables: violationTables,
  list: '/api/urban-order/violations',
  points: '/api/urban-order/points',
  figures: '/api/urban-order/figures',
  layer: violations.points,
  facts,
  filters: {
    asOf: fc.integer({ min: 100, max: 1200 }).map(at),
    areaId: fc.constantFrom('D', 'W0', 'W1', 'W2b', 'W3a'),
    kind: fc.subarray([...kinds], { minLength: 3 }).map((chosen) => chosen.join(',')),
    status: fc.subarray([...violationStatuses], { minLength: 2 }).map((chosen) => chosen.join(',')),
    overdue: fc.constantFrom('true', 'false'),
    irregular: fc.constantFrom('true', 'false'),
    includeMerged: fc.constantFrom('true', 'false'),
    located: fc.constantFrom('true', 'false'),
    from: fc.integer({ min: 0, max: 900 }).map((hour) => at(hour).slice(0, 10)),
    to: fc.integer({ min: 100, max: 1000 }).map((hour) => at(hour).slice(0, 10)),
    bbox: fc.constantFrom('106.70,10.70,106.72,10.705', '106.71,10.70,106.75,10.71'),
    formula: fc.constantFrom(...formulaIds),
  },
  create: (violationId, location) => ({ violationId, kind: 'other', location, occurredAt: '2021-09-02T00:00:00Z' }),
  step: { path: 'verify', body: {} },
  unlawful: { path: 'close', body: {} },
  currentStatus: 'reported',
  lawfulSteps: stepTable.lawful.reported,
});
