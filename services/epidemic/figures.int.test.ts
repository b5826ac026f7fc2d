import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Figure } from '#contracts/http.ts';
import { bytesPerPoint } from '#contracts/points.ts';
import { append, get } from '#platform/testing/requests.ts';
import type { ServiceUnderTest } from '#platform/testing/service.ts';
import { openTestDistrict } from '../district/testing/district.ts';
import { allRows, message, startEpidemic } from './testing/service.ts';

type Figures = { onDay: string; areas: { areaId: string; level: string; figures: Record<string, Figure> }[] };
type List = { total: number; items: Record<string, unknown>[]; next: string | null };

const day = (offset: number) => new Date(Date.UTC(2021, 7, 1 + offset)).toISOString().slice(0, 10);
const moment = (offset: number) => `${day(offset)}T05:00:00.000Z`;

/** A random story: cases confirmed, changed and corrected over 30 days, some reported twice, some outside every area, some without a place. */
const story = fc.array(
  fc.record({
    caseId: fc.integer({ min: 0, max: 25 }).map((n) => `c${n}`),
    kind: fc.constantFrom('confirm', 'confirm', 'confirm', 'status', 'correct', 'repeat'),
    eventDay: fc.integer({ min: 0, max: 24 }),
    delay: fc.integer({ min: 0, max: 6 }),
    lon: fc.double({ min: 106.695, max: 106.745, noNaN: true }),
    place: fc.constantFrom('point', 'area', 'none'),
    area: fc.constantFrom('W0', 'W1a', 'W3b', 'D', 'elsewhere'),
    status: fc.constantFrom('recovered', 'hospitalised', 'not-a-case', 'deceased'),
  }),
  { minLength: 5, maxLength: 60 },
);
type Step = (typeof story extends fc.Arbitrary<infer T> ? T : never)[number];

function messages(district: string, steps: Step[]) {
  const known = new Set<string>();
  return steps
    .toSorted((a, b) => a.eventDay + a.delay - b.eventDay - b.delay)
    .flatMap((step, index) => {
      const at = moment(step.eventDay + step.delay);
      const place =
        step.place === 'point'
          ? { location: { lon: step.lon, lat: 10.705 } }
          : step.place === 'area'
            ? { areaId: step.area }
            : {};
      if (step.kind === 'confirm' || !known.has(step.caseId)) {
        known.add(step.caseId);
        return [
          message(
            district,
            'case-confirmed',
            { caseId: step.caseId, confirmedDate: day(step.eventDay), ...place },
            at,
            `s${index}`,
          ),
        ];
      }
      if (step.kind === 'status')
        return [
          message(
            district,
            'case-status-changed',
            { caseId: step.caseId, status: step.status as 'recovered' },
            at,
            `s${index}`,
          ),
        ];
      if (step.kind === 'repeat') {
        const twice = message(district, 'case-corrected', { caseId: step.caseId, ageYears: 40 }, at, `s${index}`);
        return [twice, twice];
      }
      return [
        message(
          district,
          'case-corrected',
          { caseId: step.caseId, confirmedDate: day(step.eventDay), ...place },
          at,
          `s${index}`,
        ),
      ];
    });
}

describe('figures', () => {
  let service: ServiceUnderTest;
  beforeAll(async () => {
    service = await startEpidemic();
  });
  afterAll(() => service.stop());

  test('map = list = total for every area, window and asOf; parts and what is outside them add up; a rebuild gives the same rows', async () => {
    await fc.assert(
      fc.asyncProperty(
        story,
        fc.array(fc.record({ asOf: fc.integer({ min: 0, max: 31 }), onDay: fc.integer({ min: 0, max: 26 }) }), {
          minLength: 1,
          maxLength: 3,
        }),
        async (steps, looks) => {
          const district = await openTestDistrict(service);
          await append(service, district, messages(district, steps));
          for (const look of [
            ...looks.map(({ asOf, onDay }) => `&asOf=${moment(asOf)}&onDay=${day(onDay)}`),
            `&onDay=${day(24)}`,
          ]) {
            const { areas } = await get<Figures>(service, `/api/epidemic/figures?district=${district}${look}`);
            const value = (areaId: string, formula: string) =>
              areas.find((area) => area.areaId === areaId)!.figures[formula]!.value!;
            for (const area of areas)
              for (const formula of ['cases-7d', 'cases-14d', 'active-cases']) {
                const figure = area.figures[formula]!;
                const list = await get<List>(service, `${figure.list}&limit=1000`);
                expect([area.areaId, formula, list.total, list.items.length]).toEqual([
                  area.areaId,
                  formula,
                  figure.value,
                  figure.value,
                ]);
              }
            for (const formula of ['cases-7d', 'active-cases']) {
              for (const ward of ['W0', 'W1', 'W2', 'W3'])
                expect(value(`${ward}a`, formula) + value(`${ward}b`, formula)).toBeLessThanOrEqual(
                  value(ward, formula),
                );
              expect(
                value('W0', formula) + value('W1', formula) + value('W2', formula) + value('W3', formula),
              ).toBeLessThanOrEqual(value('D', formula));
            }
            const points = await service.app.request(`/api/epidemic/points?district=${district}${look}&windowDays=14`);
            const located = (
              await get<List>(service, `/api/epidemic/cases?district=${district}${look}&windowDays=14&limit=1000`)
            ).items.filter((item) => item.lon !== null);
            expect((await points.arrayBuffer()).byteLength).toBe(located.length * bytesPerPoint);
          }
          const before = await allRows(service, district);
          await service.rebuild(district);
          expect(await allRows(service, district)).toEqual(before);
        },
      ),
      { numRuns: 12 },
    );
  }, 120_000);

  test('the windows are the 7 and 14 days up to the day, and the rate is per 100,000 of the denominator in force', async () => {
    const district = await openTestDistrict(service);
    const on = (offset: number, caseId: string) =>
      message(district, 'case-confirmed', { caseId, areaId: 'W1a', confirmedDate: day(offset) }, moment(20));
    await append(service, district, [
      on(6, 'before'),
      on(7, 'fourteenth'),
      on(13, 'eighth'),
      on(14, 'first'),
      on(20, 'last'),
      on(21, 'after'),
    ]);
    const { areas } = await get<Figures>(
      service,
      `/api/epidemic/figures?district=${district}&areaId=W1&onDay=${day(20)}`,
    );
    const { figures } = areas[0]!;
    expect(figures['cases-7d']).toMatchObject({ value: 2, numerator: 2 });
    expect(figures['cases-14d']!.value).toBe(4);
    expect(figures['incidence-7d']).toMatchObject({
      value: 200,
      denominator: 1000,
      estimated: true,
      formulaVersion: 2,
    });
  });

  test('asOf shows what was known: a correction moves the case from then on, and the past stays', async () => {
    const district = await openTestDistrict(service);
    await append(service, district, [
      message(district, 'case-confirmed', { caseId: 'x', areaId: 'W0a', confirmedDate: day(3) }, moment(3)),
      message(district, 'case-corrected', { caseId: 'x', areaId: 'W2b' }, moment(5)),
      message(district, 'case-status-changed', { caseId: 'x', status: 'not-a-case' }, moment(8)),
    ]);
    const count = async (areaId: string, asOf: number) =>
      (
        await get<Figures>(
          service,
          `/api/epidemic/figures?district=${district}&areaId=${areaId}&asOf=${moment(asOf)}&onDay=${day(3)}`,
        )
      ).areas[0]!.figures['cases-7d']!.value;
    expect([
      await count('W0', 2),
      await count('W0', 4),
      await count('W0', 6),
      await count('W2', 6),
      await count('W2', 9),
    ]).toEqual([0, 1, 0, 1, 0]);
  });

  test('published counts: each revision is kept, suppressed is not zero, the same figure again is no revision', async () => {
    const district = await openTestDistrict(service);
    const publish = (cases: number | null, at: number, rate?: number) =>
      message(
        district,
        'case-count-published',
        {
          areaId: 'W3',
          measure: 'new-cases',
          periodStart: day(0),
          periodEnd: day(6),
          cases,
          ratePer100k: rate ?? null,
          suppressed: cases === null,
        },
        moment(at),
      );
    await append(service, district, [
      publish(null, 8),
      publish(12, 9, 1201.5),
      publish(12, 10, 1201.5),
      publish(9, 12, 900.2),
    ]);
    const rate = async (asOf: number) =>
      (
        await get<Figures>(
          service,
          `/api/epidemic/figures?district=${district}&areaId=W3&asOf=${moment(asOf)}&onDay=${day(7)}`,
        )
      ).areas[0]!.figures['incidence-7d']!.value;
    expect([await rate(8), await rate(9), await rate(11), await rate(13)]).toEqual([null, 1201.5, 1201.5, 900.2]);
    const revisions = await get<List>(
      service,
      `/api/epidemic/counts?district=${district}&areaId=W3&revisions=true&onDay=${day(20)}`,
    );
    expect(revisions.items.map((row) => row.cases)).toEqual([9, 12, null]);
  });

  test('an area without published counts of its own is the sum of all below it; where one is silent, its list is what is known', async () => {
    const district = await openTestDistrict(service);
    const publish = (areaId: string, cases: number | null, week: number) =>
      message(
        district,
        'case-count-published',
        {
          areaId,
          measure: 'new-cases',
          periodStart: day(week * 7),
          periodEnd: day(week * 7 + 6),
          cases,
          suppressed: cases === null,
        },
        moment(week * 7 + 8),
      );
    // W0 publishes itself, so its neighbourhood's count is not added; W2 is too small to publish.
    await append(service, district, [
      publish('W0', 10, 0),
      publish('W0a', 4, 0),
      publish('W1', 5, 0),
      publish('W2', null, 0),
      publish('W0', 7, 1),
      publish('W1', 1, 1),
    ]);
    const { areas } = await get<Figures>(service, `/api/epidemic/figures?district=${district}&onDay=${day(7)}`);
    const top = areas.find((area) => area.areaId === 'D')!.figures['cases-7d']!;
    expect(top).toMatchObject({
      value: null,
      reason: 'no-report',
      explanation: expect.stringMatching(/no report from W3.*W2.*suppressed.*at least 15 cases/),
    });
    const list = await get<List>(service, top.list!);
    expect(list.items.map((row) => [row.areaId, row.cases])).toEqual([
      ['W0', 10],
      ['W1', 5],
      ['W2', null],
    ]);
    const later = await get<Figures>(service, `/api/epidemic/figures?district=${district}&onDay=${day(14)}&areaId=W0`);
    expect(later.areas[0]!.figures['cases-14d']!.value).toBe(17);
  });

  test('coverage from published groups: wards add up to the district, groups to the ward', async () => {
    const district = await openTestDistrict(service);
    const publish = (areaId: string, ageGroup: string, one: number) =>
      message(
        district,
        'vaccination-count-published',
        { areaId, ageGroup, asOfDate: day(1), peopleAtLeastOneDose: one, peopleFullCourse: 0 },
        moment(2),
      );
    await append(service, district, [
      publish('W0', '18-64', 300),
      publish('W0', '65+', 100),
      publish('W1', 'all', 500),
      publish('W1', '65+', 50),
    ]);
    const { areas } = await get<Figures>(service, `/api/epidemic/figures?district=${district}&onDay=${day(3)}`);
    const coverage = (areaId: string) => areas.find((area) => area.areaId === areaId)!.figures['coverage-one-dose']!;
    // What is published for adults says nothing of all ages; and a district is the sum of all its wards.
    expect(coverage('W0')).toMatchObject({ value: null, reason: 'other-ages' });
    expect(coverage('W1')).toMatchObject({ numerator: 500, denominator: 1000, value: 0.5 });
    expect(coverage('D')).toMatchObject({ value: null, numerator: null });
  });

  test('a district that never said anything of cases has no figure, which is not zero', async () => {
    const district = await openTestDistrict(service);
    const { areas } = await get<Figures>(service, `/api/epidemic/figures?district=${district}&areaId=D`);
    expect(areas[0]!.figures['incidence-7d']).toMatchObject({
      value: null,
      reason: 'no-feed',
      explanation: expect.stringContaining('no feed'),
    });
  });

  test('a dose that is reported twice, by whomever, does not change coverage', async () => {
    const district = await openTestDistrict(service);
    const dose = (doseId: string, personKey: string, doseNumber: number) =>
      message(
        district,
        'dose-administered',
        { doseId, personKey, areaId: 'W0a', doseNumber, courseDoses: 2, ageYears: 70, administeredDate: day(1) },
        moment(2),
      );
    await append(service, district, [dose('1', 'p', 1), dose('2', 'p', 2), dose('3', 'q', 1)]);
    const coverage = async () => {
      const { figures } = (
        await get<Figures>(service, `/api/epidemic/figures?district=${district}&areaId=W0&onDay=${day(2)}`)
      ).areas[0]!;
      return [figures['coverage-one-dose']!.value, figures['coverage-full']!.value];
    };
    expect(await coverage()).toEqual([0.002, 0.001]);
    await append(service, district, [dose('1-again', 'p', 1), dose('2-again', 'p', 2)]);
    expect(await coverage()).toEqual([0.002, 0.001]);
  });

  test('a report of capacity lowers the free beds; the newest report of a facility stands', async () => {
    const district = await openTestDistrict(service);
    const report = (bedsOccupied: number, at: number) =>
      message(
        district,
        'capacity-reported',
        {
          facilityId: 'h',
          name: 'Bệnh viện',
          kind: 'hospital',
          location: { lon: 106.712, lat: 10.705 },
          bedsTotal: 100,
          bedsOccupied,
          intensiveCareTotal: 0,
          intensiveCareOccupied: 0,
        },
        moment(at),
      );
    await append(service, district, [report(40, 1), report(95, 2)]);
    const free = async (query: string) =>
      (await get<Figures>(service, `/api/epidemic/figures?district=${district}&areaId=W1${query}`)).areas[0]!.figures[
        'beds-free'
      ]!.value;
    expect([await free(`&asOf=${moment(1)}`), await free('')]).toEqual([60, 5]);
  });
});
