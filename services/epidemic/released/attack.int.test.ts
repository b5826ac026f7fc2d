import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Principal } from '#contracts/access/principal.ts';
import { callerOf } from '#contracts/access/product-permit.ts';
import type { Role } from '#contracts/access/roles.ts';
import { type SmallCellPolicy, smallCellPolicy } from '#contracts/access/small-cells.ts';
import { addDays } from '#contracts/days.ts';
import type { EpidemicFigures, SeriesAnswer } from '#contracts/http/epidemic.ts';
import { append } from '#platform/testing/requests.ts';
import { type ServiceUnderTest, startServiceUnderTest } from '#platform/testing/service.ts';
import { geographySchema, openTestDistrict } from '../../district/testing/district.ts';
import { smallCellsOf } from '../../small-cells.ts';
import { epidemic } from '../app.ts';
import { message } from '../testing/service.ts';
import { attack, type Equation, type Structure } from './testing/attack.ts';

// A live district with few cases, day after day, and somebody who may see no rows of persons: everything that he is told is an equation, and none of them together
// tells how many cases a hidden cell has.

const firstMonday = '2026-03-02';
const weeks = 5;
const wards = ['W0', 'W1', 'W2', 'W3'];
const areas = ['D', ...wards, ...wards.flatMap((ward) => [`${ward}a`, `${ward}b`])];
const structures: Structure[] = [
  { whole: 'D', parts: wards },
  ...wards.map((ward) => ({ whole: ward, parts: [`${ward}a`, `${ward}b`] })),
];
/** Cases of each week, Monday first, by area that they name; the last column is of no ward. */
const story: Record<string, number>[] = [
  { W0a: 30, W0b: 2, W1a: 14, W1b: 9, W2a: 1, W3a: 40, W3b: 25 },
  { W0a: 6, W1a: 3, W1b: 11, W2a: 8, W2b: 8, W3a: 21 },
  { W0a: 1, W0b: 1, W1a: 4, W1: 2, W2b: 5, D: 3 },
  { W0a: 2 },
  { W0a: 12, W0b: 13, W1a: 1, W1b: 30, W2a: 22, W2b: 24, W3a: 3, W3b: 3, D: 1 },
];

const whoIs = (role: Role, held: string[] | 'all' = 'all'): Principal => ({
  actor: { authtype: 'user', authid: role },
  known: true,
  grants: [{ role, districts: 'all', areas: held }],
});

describe.each([
  ['with the policy', smallCellPolicy],
  ['with complementary suppression switched off', { ...smallCellPolicy, complementary: false }],
] as const)('%s', (_, policy: SmallCellPolicy) => {
  let service: ServiceUnderTest;
  let district: string;
  let clock = new Date(`${firstMonday}T00:00:00Z`);
  let who: Principal = whoIs('analyst');

  const ask = async <Answer>(path: string, as: Principal = whoIs('analyst')): Promise<Answer> => {
    who = as;
    const answer = await service.app.request(
      `/api/epidemic/${path}${path.includes('?') ? '&' : '?'}district=${district}`,
    );
    expect([path, answer.status]).toEqual([path, 200]);
    return (await answer.json()) as Answer;
  };
  const statusOf = async (path: string, as: Principal) => {
    who = as;
    return (await service.app.request(`/api/epidemic/${path}${path.includes('?') ? '&' : '?'}district=${district}`))
      .status;
  };

  const equations: Equation[] = [];
  const numbersWithoutWeek: string[] = [];
  const cell = (areaId: string, sunday: string) => `${areaId} ${sunday}`;

  /** Every number of persons in an answer of figures is of whole weeks, or it is not understood. */
  async function collectFigures(query: string) {
    const { areas: told } = await ask<EpidemicFigures>(`figures${query}`);
    for (const { areaId, figures } of told)
      for (const [id, figure] of Object.entries(figures)) {
        // No address of rows that he may not see.
        expect([id, figure.list?.startsWith('/api/epidemic/cases') ?? false]).toEqual([id, false]);
        if (figure.value === null) {
          expect([id, figure.numerator ?? null]).toEqual([id, null]);
          continue;
        }
        const [, days] = /^(?:cases|incidence)-(7|14)d$/.exec(id) ?? [];
        if (days === undefined || !figure.dataThroughDate || figure.numerator == null) {
          numbersWithoutWeek.push(`${query} ${areaId} ${id}`);
          continue;
        }
        const to = figure.dataThroughDate;
        const cells = days === '7' ? [cell(areaId, to)] : [cell(areaId, to), cell(areaId, addDays(to, -7))];
        equations.push({ cells, value: figure.numerator });
      }
  }

  async function collectSeries(query: string, areaId: string) {
    const { days, published } = await ask<SeriesAnswer>(`series?areaId=${areaId}${query}`);
    expect(days).toEqual([]);
    for (const period of published) {
      expect(addDays(period.periodStart, 6)).toBe(period.periodEnd);
      if (period.cases !== null) equations.push({ cells: [cell(areaId, period.periodEnd)], value: period.cases });
    }
  }

  beforeAll(async () => {
    service = await startServiceUnderTest(epidemic(policy), {
      now: () => clock,
      batchEntries: 40,
      others: [geographySchema],
      permit: () => callerOf(who, () => clock.getTime()),
      smallCellsBy: smallCellsOf,
    });
    district = await openTestDistrict(service, { clock: 'live', exercise: false, peopleOfWard: 2000 });
    // An old case makes the district known before the first week.
    await append(service, district, [
      message(
        district,
        'case-confirmed',
        { caseId: 'old', confirmedDate: '2026-02-01', areaId: 'W0a' },
        '2026-02-02T01:00:00.000Z',
      ),
    ]);
    const ids: { caseId: string; day: number }[] = [];
    for (let day = 0; day < 7 * (weeks + 1); day++) {
      const today = addDays(firstMonday, day);
      clock = new Date(`${today}T02:00:00Z`);
      const week = Math.floor(day / 7);
      const facts = Object.entries(story[week] ?? {}).flatMap(([areaId, count]) =>
        // The cases of a week come on its days, and the last of them a week late: after its release.
        Array.from({ length: count }, (_, index) => index).flatMap((index) => {
          if (index % 7 !== day % 7) return [];
          const caseId = `${week}-${areaId}-${index}`;
          ids.push({ caseId, day });
          return [
            message(district, 'case-confirmed', { caseId, confirmedDate: today, areaId }, `${today}T01:00:00.000Z`),
          ];
        }),
      );
      // Late reports of the week before, corrections, and cases that turn out to be none.
      const late = addDays(today, -9);
      if (day % 3 === 0 && day > 9)
        facts.push(
          message(
            district,
            'case-confirmed',
            { caseId: `late-${day}`, confirmedDate: late, areaId: 'W1a' },
            `${today}T01:30:00.000Z`,
          ),
        );
      const moved = ids.find(({ day: then }) => then === day - 8);
      if (moved)
        facts.push(
          message(district, 'case-corrected', { caseId: moved.caseId, areaId: 'W2b' }, `${today}T01:40:00.000Z`),
        );
      const dropped = ids.findLast(({ day: then }) => then === day - 1);
      if (dropped && day % 5 === 0)
        facts.push(
          message(
            district,
            'case-status-changed',
            { caseId: dropped.caseId, status: 'not-a-case' },
            `${today}T01:50:00.000Z`,
          ),
        );
      if (facts.length > 0) await append(service, district, facts);
      // What is told on each day: of now, of each level, of each area, of other days and other moments.
      for (const query of ['', '?level=ward', `?onDay=${addDays(today, -3)}`]) await collectFigures(query);
      if (day % 4 === 0) await collectFigures(`?asOf=${addDays(today, -1)}T20:00:00Z`);
      await collectFigures(`?areaId=${areas[day % areas.length]}`);
      await collectSeries('', areas[(day * 5) % areas.length]!);
    }
    for (const areaId of areas) {
      await collectSeries(`&from=${firstMonday}`, areaId);
      await collectSeries(`&from=${firstMonday}&by=onset`, areaId);
    }
    for (let day = 0; day < 7 * weeks; day += 2) {
      await collectFigures(`?onDay=${addDays(firstMonday, day)}`);
      await collectFigures(`?asOf=${addDays(firstMonday, day)}T10:00:00Z`);
    }
    // Of what is still to come nothing is told, not even that nothing is.
    expect(await statusOf('figures?asOf=2027-01-01T00:00:00Z', whoIs('analyst'))).toBe(422);
  }, 300_000);
  afterAll(() => service.stop());

  /** The truth, by the line list of whoever may see it: as known when the week was released. */
  async function truth(areaId: string, sunday: string): Promise<number> {
    const released = `${addDays(sunday, 3)}T17:00:00.000Z`;
    const { total } = await ask<{ total: number }>(
      `cases?areaId=${areaId}&from=${addDays(sunday, -6)}&to=${sunday}&asOf=${released}&limit=1`,
      whoIs('epidemiologist'),
    );
    return total;
  }

  test(policy.complementary
    ? 'no hidden cell is recovered'
    : 'cells are recovered: the attack finds what is not protected', async () => {
    expect(numbersWithoutWeek).toEqual([]);
    expect(equations.length).toBeGreaterThan(1000);
    const recovered: string[] = [];
    const told: string[] = [];
    const small: string[] = [];
    for (let week = 0; week < weeks; week++) {
      const sunday = addDays(firstMonday, 7 * week + 6);
      const ofWeek = structures.map(({ whole, parts }) => ({
        whole: cell(whole, sunday),
        parts: parts.map((part) => cell(part, sunday)),
      }));
      for (const restIsNothing of [false, true]) {
        // The last week and the third have cases that lie in no part: who believes otherwise is told a contradiction.
        if (restIsNothing && [2, 4].includes(week)) continue;
        const ranges = attack(equations, ofWeek, restIsNothing);
        for (const areaId of areas) {
          const count = await truth(areaId, sunday);
          const { low, high } = ranges.get(cell(areaId, sunday)) ?? { low: 0, high: Number.POSITIVE_INFINITY };
          expect([areaId, sunday, low <= count && count <= high]).toEqual([areaId, sunday, true]);
          if (low === high) told.push(`${areaId} ${sunday}`);
          if (count < 1 || count > policy.largestHidden) continue;
          small.push(`${areaId} ${sunday}`);
          // At least as many numbers are left as a small cell has.
          if (high - low + 1 < policy.largestHidden) recovered.push(`${areaId} ${sunday}: ${count} in ${low}..${high}`);
        }
      }
    }
    expect(small.length).toBeGreaterThan(10);
    // It is no protection to tell nothing.
    expect(told.length).toBeGreaterThan(15);
    if (policy.complementary) expect(recovered).toEqual([]);
    else expect(recovered.length).toBeGreaterThan(3);
  }, 120_000);

  test('rows and positions of single cases are not told', async () => {
    for (const role of ['analyst', 'district-leader', 'ward-leader', 'administrator', 'hotline-operator'] as const)
      for (const path of ['cases', 'points', 'cases/old'])
        expect([role, path, await statusOf(path, whoIs(role))]).toEqual([role, path, 403]);
  });
});
