// Figures across a change of borders, each beside one that is computed apart: wards that became one, a ward that was divided, names and ids that come again.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Figure } from '#contracts/http.ts';
import { append, get } from '#platform/testing/requests.ts';
import type { ServiceUnderTest } from '#platform/testing/service.ts';
import { openTestDistrict } from '../district/testing/district.ts';
import { message, startEpidemic } from './testing/service.ts';

type Figures = { areas: { areaId: string; figures: Record<string, Figure> }[] };
/** The reform is on day 10. */
const day = (of: number) => `2025-07-${String(of).padStart(2, '0')}`;
const moment = (of: number) => `${day(of)}T05:00:00.000Z`;

describe('a reform on day 10: W0 and W1 become N, W2 goes to P and Q in parts that nobody published, W3 stays', () => {
  let service: ServiceUnderTest;
  beforeAll(async () => {
    service = await startEpidemic();
  });
  afterAll(() => service.stop());

  /** @param merged id of the new ward: another one, or W0's, which is given again */
  const open = async (merged = 'N') => {
    const district = await openTestDistrict(service);
    const { database } = service.parts;
    const ends = merged === 'W0' ? ['W1', 'W2'] : ['W0', 'W1', 'W2'];
    // Neighbourhoods ended long before, each in its ward.
    await database.query(
      `INSERT INTO geography.area_successors (district, area_id, from_day, successor_id, share, known_at, sequence)
       SELECT district, area_id, '2010-01-01', parent_id, 1, '2000-01-01Z', 0 FROM geography.area_versions WHERE district = $1 AND level = 'neighbourhood'`,
      [district],
    );
    await database.query(
      `UPDATE geography.area_versions SET valid_until = '2010-01-01' WHERE district = $1 AND level = 'neighbourhood'`,
      [district],
    );
    await database.query(
      `UPDATE geography.area_versions SET valid_until = $3 WHERE district = $1 AND area_id = ANY($2)`,
      [district, [...ends, merged], day(10)],
    );
    for (const [index, id] of [merged, 'P', 'Q'].entries())
      await database.query(
        `INSERT INTO geography.area_versions (district, area_id, parent_id, level, name, name_plain, valid_from, known_at, geom, estimated, event_id, sequence)
         VALUES ($1, $2, 'D', 'ward', $2, lower($2), $3, '2000-01-01Z', NULL, true, $2 || ' new', $4)`,
        [district, id, day(10), 100 + index],
      );
    const became: [string, string, number | null][] = [
      ...(merged === 'W0' ? [] : [['W0', merged, 1] as [string, string, number]]),
      ['W1', merged, 1],
      ['W2', 'P', null],
      ['W2', 'Q', null],
    ];
    for (const [area, successor, share] of became)
      await database.query(
        `INSERT INTO geography.area_successors (district, area_id, from_day, successor_id, share, known_at, sequence) VALUES ($1, $2, $3, $4, $5, '2000-01-01Z', 50)`,
        [district, area, day(10), successor, share],
      );
    return district;
  };
  const figures = async (district: string, onDay: number) => {
    const { areas } = await get<Figures>(service, `/api/epidemic/figures?district=${district}&onDay=${day(onDay)}`);
    return (areaId: string, formula: string) => areas.find((area) => area.areaId === areaId)?.figures[formula];
  };
  let count = 0;
  const confirm = (district: string, areaId: string, of: number) =>
    message(district, 'case-confirmed', { caseId: `c${count++}`, areaId, confirmedDate: day(of) }, moment(of));
  const listOf = (figure: Figure | undefined) =>
    get<{ total: number; items: { cases?: number }[] }>(service, figure!.list!);

  test.each(['N', 'W0'])(
    'cases and people of the wards before are those of %s after; the old ones keep theirs',
    async (merged) => {
      const district = await open(merged);
      // Before: two in W0, three in W1, five in W2; after: seven in the merged ward, one reported under the old name of W1.
      const told = [
        ['W0', 8, 2],
        ['W1', 9, 3],
        ['W2', 9, 5],
        [merged, 11, 7],
        ['W1', 11, 1],
        ['W3', 9, 4],
      ] as const;
      await append(
        service,
        district,
        told.flatMap(([areaId, of, times]) => Array.from({ length: times }, () => confirm(district, areaId, of))),
      );
      const before = await figures(district, 9);
      expect(['W0', 'W1', 'W2', 'W3', 'D'].map((area) => before(area, 'cases-7d')?.value)).toEqual([2, 3, 5, 4, 14]);
      expect(before('P', 'cases-7d')).toBeUndefined();
      const after = await figures(district, 12);
      expect([merged, 'W3', 'D'].map((area) => after(area, 'cases-7d')?.value)).toEqual([2 + 3 + 7 + 1, 4, 22]);
      expect((await listOf(after(merged, 'cases-7d'))).total).toBe(13);
      expect(after(merged, 'incidence-7d')).toMatchObject({ denominator: 2000, value: 650 });
      expect(after(merged, 'active-cases')?.value).toBe(13);
      expect(after('W1', 'cases-7d')).toBeUndefined();
      for (const ward of ['P', 'Q'])
        for (const formula of ['cases-7d', 'incidence-7d', 'active-cases'])
          expect([ward, formula, after(ward, formula)]).toMatchObject([
            ward,
            formula,
            { value: null, reason: 'borders-changed' },
          ]);
      expect(after('P', 'cases-7d')?.note?.vi).toContain('một phần lấy từ W2 (địa giới cũ)');
      // When the whole window lies after the day, it is known; how many people live there still is not.
      const later = await figures(district, 17);
      expect([later('P', 'cases-7d')?.value, later('P', 'incidence-7d')?.reason]).toEqual([0, 'no-denominator']);
    },
  );

  test.each(['N', 'W0'])(
    'published counts go on across the day, and the district is the plain sum (%s)',
    async (merged) => {
      const district = await open(merged);
      const publish = (areaId: string, of: number, cases: number) =>
        message(
          district,
          'case-count-published',
          { areaId, measure: 'new-cases', periodStart: day(of), periodEnd: day(of), cases },
          moment(of),
        );
      const events = [];
      let [ofMerged, ofAll] = [0, 0];
      for (let of = 3; of <= 12; of++)
        for (const [index, areaId] of (of < 10 ? ['W0', 'W1', 'W2', 'W3'] : [merged, 'P', 'Q', 'W3']).entries()) {
          const cases = 10 * of + index;
          events.push(publish(areaId, of, cases));
          if (of < 6) continue;
          ofAll += cases;
          if (of < 10 ? index < 2 : index === 0) ofMerged += cases;
        }
      await append(service, district, events);
      const after = await figures(district, 12);
      expect([after(merged, 'cases-7d')?.value, after('D', 'cases-7d')?.value]).toEqual([ofMerged, ofAll]);
      expect(after('P', 'cases-7d')).toMatchObject({ value: null, reason: 'borders-changed' });
      for (const area of [merged, 'D']) {
        const { items } = await listOf(after(area, 'cases-7d'));
        expect([area, items.reduce((sum, row) => sum + row.cases!, 0)]).toEqual([area, after(area, 'cases-7d')!.value]);
      }
      // The curve: of the district, of which nobody publishes, each day is the sum of the wards of that day; the merged ward's goes on from those of before.
      const curve = async (areaId: string) =>
        (
          await get<{ published: { periodEnd: string; cases: number }[] }>(
            service,
            `/api/epidemic/series?district=${district}&areaId=${areaId}&from=${day(3)}&to=${day(12)}&onDay=${day(12)}`,
          )
        ).published.map(({ periodEnd, cases }) => [periodEnd, cases]);
      const all = [12, 11, 10, 9, 8, 7, 6, 5, 4, 3];
      expect(await curve('D')).toEqual(all.map((of) => [day(of), 40 * of + 6]));
      expect(await curve(merged)).toEqual(all.map((of) => [day(of), of < 10 ? 20 * of + 1 : 10 * of]));
      const before = await figures(district, 9);
      expect(before('W0', 'cases-7d')?.value).toBe([3, 4, 5, 6, 7, 8, 9].reduce((sum, of) => sum + 10 * of, 0));
      const later = await figures(district, 16);
      expect(later('P', 'cases-7d')).toMatchObject({ value: null });
    },
  );

  test.each(['N', 'W0'])('coverage of the wards before is that of %s until it publishes its own', async (merged) => {
    const district = await open(merged);
    const publish = (areaId: string, of: number, people: number) =>
      message(
        district,
        'vaccination-count-published',
        {
          areaId,
          ageGroup: '18+',
          asOfDate: day(of),
          peopleAtLeastOneDose: people,
          peopleFullCourse: people - 100,
          population: 800,
        },
        moment(of),
      );
    await append(service, district, [
      publish('W0', 5, 400),
      publish('W1', 6, 600),
      publish('W2', 5, 500),
      publish('W3', 5, 700),
    ]);
    const coverage = async (of: number, area: string) => (await figures(district, of))(area, 'coverage-one-dose-18')!;
    expect(await coverage(9, 'W0')).toMatchObject({ numerator: 400, denominator: 800 });
    expect(await coverage(11, merged)).toMatchObject({ numerator: 1000, denominator: 1600, dataThroughDate: day(5) });
    expect(await coverage(11, 'P')).toMatchObject({ value: null, reason: 'borders-changed' });
    expect(await coverage(11, 'D')).toMatchObject({ numerator: 2200, denominator: 3200 });
    await append(service, district, [publish(merged, 12, 790)]);
    expect(await coverage(12, merged)).toMatchObject({ numerator: 790, denominator: 800 });
    expect(await coverage(9, 'W0')).toMatchObject({ numerator: 400 });
  });
});
