// Risk, Rt, clusters, forecasts and scenarios across a change of borders: W0 and W1 became N on day 50, W2 went to P and Q in parts that nobody published, W3, W4 and W5 stay.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { append, get } from '#platform/testing/requests.ts';
import type { ServiceUnderTest } from '#platform/testing/service.ts';
import { momentOf } from '../case-history/moment.ts';
import { readPlaces } from '../district/places.ts';
import { applyTestReform } from '../district/testing/reform.ts';
import { message } from '../epidemic/testing/service.ts';
import { readBasis } from '../scenarios/reads/scenario-basis.ts';
import { scanDistrict } from './clusters/raise-clusters.ts';
import { forecastOfSeries } from './forecast/forecast-of-series.ts';
import { readTargetSeries } from './forecast/read-target-series.ts';
import { actualsOf, elsewhere } from './forecast/target-series.ts';
import { NeighbourMemory, readHistory } from './history/level-history.ts';
import { ContextMemory } from './risk/context.ts';
import { computeRisk } from './risk/score-district.ts';
import { dayOf, openDistrict, startMl } from './testing/service.ts';
import { Thread } from './thread.ts';

const reformDay = 50;
const lastDay = 99;
const before = ['W0', 'W1', 'W2', 'W3', 'W4', 'W5'];
const after = ['N', 'P', 'Q', 'W3', 'W4', 'W5'];

let service: ServiceUnderTest;
beforeAll(async () => {
  service = await startMl();
}, 120_000);
afterAll(() => service?.stop());

const now = () => new Date(`${dayOf(lastDay + 1)}T05:00:00Z`);
const asOfDay = (day: number) => `${dayOf(day)}T14:00:00.000Z`;
const momentAt = (district: string, day: number) => momentOf(service.parts.database, district, asOfDay(day), now());

/** Cases of an area on a day; of no area every third day. */
const casesOn = (area: string, day: number) => 2 + ((day + area.charCodeAt(area.length - 1)) % 3);

async function openWithCases(asCounts = false): Promise<string> {
  const district = await openDistrict(service);
  await applyTestReform(service, district, dayOf(reformDay), { P: 10_000, Q: 10_000 });
  const events = [];
  for (let day = 0; day <= lastDay; day++) {
    const at = `${dayOf(day)}T05:00:00.000Z`;
    for (const areaId of day < reformDay ? before : after)
      if (asCounts)
        events.push(
          message(
            district,
            'case-count-published',
            {
              ...{ areaId, measure: 'new-cases', periodStart: dayOf(day), periodEnd: dayOf(day) },
              cases: casesOn(areaId, day),
            },
            at,
            `${areaId} ${day}`,
          ),
        );
      else
        for (let n = 0; n < casesOn(areaId, day); n++)
          events.push(
            message(
              district,
              'case-confirmed',
              { caseId: `${areaId}-${day}-${n}`, confirmedDate: dayOf(day), areaId },
              at,
            ),
          );
    if (!asCounts && day % 3 === 0)
      events.push(message(district, 'case-confirmed', { caseId: `none-${day}`, confirmedDate: dayOf(day) }, at));
  }
  await append(service, district, events);
  return district;
}

const quick = new Thread();
const parts = (): Parameters<typeof computeRisk>[0] => ({
  database: service.parts.database,
  memory: new NeighbourMemory(),
  contexts: new ContextMemory(),
  quick,
  now,
});

const riskAt = async (district: string, day: number) => {
  const risks = await computeRisk(parts(), await momentAt(district, day), 'ward');
  return new Map(risks.map((risk) => [risk.areaId, risk]));
};
const sumOver = (areas: readonly string[], from: number, to: number) => {
  let sum = 0;
  for (let day = from; day <= to; day++)
    for (const area of areas) if ((day < reformDay ? before : after).includes(area)) sum += casesOn(area, day);
  return sum;
};

test.each([false, true])(
  'risk: wards that became one are their sum; beside a ward that was divided it is not known (published counts: %s)',
  async (asCounts) => {
    const district = await openWithCases(asCounts);
    const soon = await riskAt(district, reformDay + 5);
    const ofN = sumOver(['W0', 'W1', 'N'], reformDay - 1, reformDay + 5);
    expect(soon.get('N')).toMatchObject({ ratePer100k: Number(((ofN * 1e5) / 40_000).toFixed(2)) });
    expect(soon.get('W3')).toMatchObject({
      ratePer100k: Number(((sumOver(['W3'], reformDay - 1, reformDay + 5) * 1e5) / 20_000).toFixed(2)),
    });
    for (const area of ['P', 'Q']) {
      expect(soon.get(area)).toMatchObject({
        abstention: {
          reason: 'borders-changed',
          note: {
            vi: expect.stringContaining('một phần lấy từ W2'),
            en: expect.stringContaining('a part of it was W2'),
          },
        },
      });
      expect(soon.get(area)).not.toHaveProperty('ratePer100k');
    }
    // After four whole weeks of their own they are known, and from these weeks alone.
    const later = await riskAt(district, reformDay + 34);
    expect(later.get('P')).toMatchObject({
      ratePer100k: Number(((sumOver(['P'], reformDay + 28, reformDay + 34) * 1e5) / 10_000).toFixed(2)),
    });
    const { history } = await readHistory(
      service.parts.database,
      await momentAt(district, reformDay + 34),
      'ward',
      new NeighbourMemory(),
    );
    const newest = new Map(
      history!.revisions.map(({ area, weekEnd, rate }) => [`${history!.areaIds[area]} ${weekEnd}`, rate]),
    );
    // What the model is given of the weeks before is the rate of the others together.
    const weekEnd = history!.lastOrigin - 35;
    const others = { N: 40_000, W3: 20_000, W4: 20_000, W5: 20_000 };
    const sum = Object.entries(others).reduce(
      (all, [area, people]) => all + newest.get(`${area} ${weekEnd}`)! * people,
      0,
    );
    expect(newest.get(`P ${weekEnd}`)).toBeCloseTo(sum / 100_000, 8);
    expect(newest.get(`P ${weekEnd + 7}`)).toBeCloseTo(sumOver(['P'], reformDay, reformDay + 6) * 10, 8);
  },
  60_000,
);

test('Rt and the daily curve of a new part begin with its borders; of the ward that others became they go on', async () => {
  const district = await openWithCases();
  const statistics = (areaId: string, day: number) =>
    get<{
      series: { date: string; reported: number }[];
      reproduction: { date: string }[];
      growth: object | null;
      abstention: { reason: string; note?: { vi: string } } | null;
    }>(service, `/api/epidemic-statistics?district=${district}&areaId=${areaId}&asOf=${asOfDay(day)}`);
  const soon = await statistics('P', reformDay + 20);
  expect(soon).toMatchObject({ series: [], reproduction: [], growth: null, abstention: { reason: 'borders-changed' } });
  const later = await statistics('P', reformDay + 40);
  expect(later.abstention).toBeNull();
  expect(later.series.map(({ reported }) => reported)).toEqual(
    Array.from({ length: 40 }, (_, n) => casesOn('P', reformDay + n)),
  );
  expect(later.reproduction[0]!.date).toBe(dayOf(reformDay + 28));
  const merged = await statistics('N', reformDay + 20);
  const reported = new Map(merged.series.map((row) => [row.date, row.reported]));
  for (const day of [0, reformDay - 1, reformDay, reformDay + 19])
    expect([day, reported.get(dayOf(day))]).toEqual([day, sumOver(['W0', 'W1', 'N'], day, day)]);
}, 60_000);

test('a ward that begins within the window is no cluster for it', async () => {
  const district = await openWithCases();
  const scan = async (day: number) => {
    const { clusters } = await scanDistrict(
      { database: service.parts.database, slow: quick },
      await momentAt(district, day),
    );
    return clusters.flatMap(({ areaIds }) => areaIds);
  };
  const soon = await scan(reformDay + 5);
  for (const area of ['P', 'Q']) expect(soon).not.toContain(area);
}, 60_000);

test('forecast: the district is all of its cases, those of no ward and of the divided ward among them; of the parts none is made', async () => {
  const district = await openWithCases();
  const moment = await momentAt(district, reformDay + 20);
  const places = await readPlaces(service.parts.database, moment);
  const series = (await readTargetSeries(service.parts.database, moment, places, 'ward', 'cases'))!;
  expect([series.areas, series.withheld?.map(({ area }) => area)]).toEqual([
    ['D', 'N', 'W3', 'W4', 'W5', elsewhere],
    ['P', 'Q'],
  ]);
  const actual = (area: string, day: number) => actualsOf(series, area)(Math.floor(Date.parse(dayOf(day)) / 864e5), 1);
  for (const day of [3, 30, reformDay + 10]) {
    expect([day, actual('N', day)]).toEqual([day, sumOver(['W0', 'W1', 'N'], day, day)]);
    expect([day, actual('D', day)]).toEqual([
      day,
      sumOver([...before, ...after.slice(0, 3)], day, day) + (day % 3 === 0 ? 1 : 0),
    ]);
  }
  const issued = forecastOfSeries({
    series,
    seed: 1,
    version: 'test',
    rules: {
      week: { leastPeriods: 8, mostAge: 2, mostGap: 2, within: 12 },
      day: { leastPeriods: 35, mostAge: 3, mostGap: 3, within: 28 },
    },
    settledDays: 7,
    serial: { meanDays: 4.7, sdDays: 2.9, longestDays: 21 },
  });
  expect(issued.map(({ areaId }) => areaId).toSorted()).toEqual(['D', 'N', 'P', 'Q', 'W3', 'W4', 'W5']);
  for (const { areaId, abstention, horizons } of issued)
    expect([areaId, abstention?.reason, horizons === undefined]).toEqual(
      areaId === 'P' || areaId === 'Q' ? [areaId, 'borders-changed', true] : [areaId, undefined, false],
    );
}, 120_000);

test('a scenario waits until the wards have days enough of their own, and is fitted to these days alone', async () => {
  const district = await openWithCases();
  const { database } = service.parts;
  expect(await readBasis(database, await momentAt(district, reformDay + 10))).toMatchObject({
    reason: 'borders-changed',
  });
  const basis = await readBasis(database, await momentAt(district, reformDay + 40));
  if ('reason' in basis) throw new Error(JSON.stringify(basis));
  expect(basis.reports.reported.length).toBe(40);
}, 60_000);
