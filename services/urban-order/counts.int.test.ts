import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bytesPerPoint, pointCategories, pointStatuses } from '#contracts/points.ts';
import type { Message } from '#platform/append.ts';
import { deleteDistrictStream } from '#platform/journal.ts';
import { append, get } from '#platform/testing/requests.ts';
import type { ServiceUnderTest } from '#platform/testing/service.ts';
import { openTestDistrict } from '../district/testing/district.ts';
import { formulaIds } from './reads/formulas.ts';
import { allRows, message, startUrbanOrder } from './testing/district.ts';
import { steps, transitions, violationStatuses } from './violation/transitions.ts';

const start = Date.parse('2021-09-01T00:00:00Z');
const at = (hour: number) => new Date(start + hour * 3_600_000).toISOString();
const kinds = pointCategories.violations;

/** A seeded history with everything that goes wrong: late knowledge, corrections, steps out of order, merges, facts sent again. */
function history(district: string, size: number): Message[] {
  let seed = 7;
  const random = (below: number) => {
    seed = (Math.imul(seed, 1103515245) + 12345) >>> 0;
    return Math.floor((seed / 2 ** 32) * below);
  };
  const messages: Message[] = [];
  for (let index = 0; index < size; index++) {
    const violationId = `v${random(size / 3)}`;
    const occurred = random(1000);
    const recorded = at(occurred + random(100));
    const kind = random(10);
    if (kind < 5) {
      const located = random(5) > 0;
      messages.push(
        message(
          district,
          'violation-reported',
          {
            violationId,
            kind: kinds[random(kinds.length)]!,
            occurredAt: at(occurred),
            // Some lie east of every ward.
            ...(located
              ? { location: { lon: 106.7 + random(4500) / 100_000, lat: 10.7 + random(1000) / 100_000 } }
              : {}),
            ...(random(6) === 0 ? { areaId: `W${random(5)}` } : {}),
          },
          recorded,
        ),
      );
    } else if (kind < 9) {
      const step = steps[random(steps.length)]!;
      messages.push(
        message(
          district,
          transitions[step].type as never,
          {
            violationId,
            occurredAt: at(occurred),
            ...(step === 'merge' ? { intoViolationId: `v${random(size / 3)}` } : {}),
            ...(step === 'decide' && random(2) ? { remedyDueDate: '2021-10-01' } : {}),
          },
          recorded,
        ),
      );
    } else if (messages.length) {
      const again = messages[random(messages.length)]!;
      messages.push({ ...again, id: `${again.id} ${index}` });
    }
  }
  return messages;
}

describe('map = list = total', () => {
  let service: ServiceUnderTest;
  let district: string;
  let facts: Message[];
  beforeAll(async () => {
    service = await startUrbanOrder();
    district = await openTestDistrict(service);
    facts = history(district, 900);
    await append(service, district, facts);
  });
  afterAll(async () => {
    await deleteDistrictStream(service.parts.broker, district);
    await service.stop();
  });

  const listAll = async (address: string) => {
    const items: { violationId: string; location: unknown; firstSequence: number; kind: string; status: string }[] = [];
    let total = 0;
    for (let cursor: string | null = ''; cursor !== null; ) {
      const page: { items: typeof items; total: number; nextCursor: string | null } = await get(
        service,
        `${address}&limit=97${cursor ? `&cursor=${cursor}` : ''}`,
      );
      items.push(...page.items);
      total = page.total;
      cursor = page.nextCursor;
    }
    return { items, total };
  };

  const values = {
    asOf: fc.integer({ min: 0, max: 1200 }).map(at),
    areaId: fc.constantFrom('D', 'W0', 'W1', 'W2b', 'W3a', 'W4'),
    kind: fc.subarray([...kinds], { minLength: 3 }).map((chosen) => chosen.join(',')),
    status: fc.subarray([...violationStatuses], { minLength: 2 }).map((chosen) => chosen.join(',')),
    overdue: fc.constantFrom('true', 'false'),
    irregular: fc.constantFrom('true', 'false'),
    includeMerged: fc.constantFrom('true', 'false'),
    from: fc.integer({ min: 0, max: 900 }).map((hour) => at(hour).slice(0, 10)),
    to: fc.integer({ min: 100, max: 1000 }).map((hour) => at(hour).slice(0, 10)),
    bbox: fc.constantFrom('106.70,10.70,106.72,10.705', '106.71,10.70,106.75,10.71'),
    formula: fc.constantFrom(...formulaIds),
  };
  // At most three at once: more would leave nothing to compare.
  const filters = fc
    .tuple(fc.record(values), fc.subarray(Object.keys(values) as (keyof typeof values)[], { maxLength: 3 }))
    .map(([all, keys]) => Object.fromEntries(keys.map((key) => [key, all[key]])));

  test('points and list hold the same rows, and the total is their number, for any filter and moment', async () => {
    let seen = 0;
    await fc.assert(
      fc.asyncProperty(filters, async (filter) => {
        const query = new URLSearchParams({ district, ...filter });
        const { items, total } = await listAll(`/api/urban-order/violations?${query}`);
        expect(items).toHaveLength(total);
        expect(new Set(items.map((item) => item.violationId)).size).toBe(total);
        const response = await service.app.request(`/api/urban-order/points?${query}`);
        const bytes = Buffer.from(await response.arrayBuffer());
        expect(Number(response.headers.get('x-total-count'))).toBe(total);
        const located = items.filter((item) => item.location);
        expect(bytes.length).toBe(located.length * bytesPerPoint);
        expect(Number(response.headers.get('x-without-place'))).toBe(total - located.length);
        const points = new Map<number, number>();
        for (let offset = 0; offset < bytes.length; offset += bytesPerPoint)
          points.set(bytes.readUInt32LE(offset + 8), bytes.readUInt16LE(offset + 14));
        for (const item of located)
          expect(points.get(item.firstSequence)).toBe(
            pointCategories.violations.indexOf(item.kind as never) +
              256 * pointStatuses.violations.indexOf(item.status as never),
          );
        seen += total;
      }),
      { numRuns: 60, seed: 1 },
    );
    expect(seen).toBeGreaterThan(500);
  });

  test('every figure of every area opens the list that sums to it, at any moment', async () => {
    const areaSums: Record<string, number> = {};
    for (const hour of [200, 600, 1150]) {
      const figures = await get<{
        areas: { areaId: string | null; figures: { formula: string; value: number; list: string }[] }[];
      }>(service, `/api/urban-order/figures?district=${district}&asOf=${encodeURIComponent(at(hour))}`);
      expect(figures.areas).toHaveLength(14);
      for (const { areaId, figures: values } of figures.areas)
        for (const { formula, value, list } of values) {
          expect([areaId, formula, (await get<{ total: number }>(service, `${list}&limit=1`)).total]).toEqual([
            areaId,
            formula,
            value,
          ]);
          areaSums[formula] = (areaSums[formula] ?? 0) + value;
        }
      const value = (area: string | null, formula: string) =>
        figures.areas.find(({ areaId }) => areaId === area)!.figures.find((figure) => figure.formula === formula)!
          .value;
      for (const formula of Object.keys(areaSums)) {
        // What lies in no ward counts in the district; its list, counted above, has it too.
        const wards = ['W0', 'W1', 'W2', 'W3'].reduce((sum, ward) => sum + value(ward, formula), 0);
        expect(value('D', formula)).toBeGreaterThanOrEqual(wards);
        expect(value(null, formula)).toBe(value('D', formula));
      }
    }
    // The test would prove nothing on zeros.
    for (const [formula, sum] of Object.entries(areaSums)) expect([formula, sum > 0]).toEqual([formula, true]);
  });

  test('rows dropped and written again from the journal, in other batches, are the same rows', async () => {
    const before = await allRows(service, district);
    expect(before.violation_versions!.length).toBeGreaterThan(400);
    await service.rebuild(district);
    expect(await allRows(service, district)).toEqual(before);
  });

  test('everything sent again changes no version and no history', async () => {
    const before = await allRows(service, district);
    await append(
      service,
      district,
      facts.map((fact) => ({ ...fact, id: `${fact.id} again` })),
    );
    const after = await allRows(service, district);
    expect(after.violation_versions).toEqual(before.violation_versions);
    expect(after.violation_events).toEqual(before.violation_events);
  });
});
