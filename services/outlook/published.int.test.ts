import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ServiceUnderTest } from '#platform/testing/service.ts';
import { message } from '../epidemic/testing/service.ts';
import { openDistrict, startMl } from './testing/service.ts';

interface Answer {
  areas: {
    areaId: string;
    dataThroughDate: string;
    weeks: { targetDate: string; quantiles: number[]; baseline: number[] }[];
    days: unknown[];
    abstention: { reason: string; detail: string } | null;
  }[];
  card: { source: string; step: string } | null;
}

/** The Saturday that ends week 0, and so many weeks later. */
const weekEnd = (week: number) => new Date(Date.UTC(2021, 0, 2 + 7 * week)).toISOString().slice(0, 10);
const daysBefore = (day: string, days: number) =>
  new Date(Date.parse(day) - days * 86_400_000).toISOString().slice(0, 10);
const weeks = 30;
const median = 11;

/** A district that publishes weeks only: 30 weeks, each five days after its end, a fifth more a week later. */
const cases = (ward: number, week: number) => Math.round((40 + 10 * ward) * (1.4 + Math.sin(week / 4)));

interface Published {
  ward: number;
  week: number;
  at: string;
  cases: number | null;
  definition?: string;
  measure?: string;
}

function published(district: string, rows: readonly Published[]) {
  return rows
    .toSorted((a, b) => a.at.localeCompare(b.at))
    .map(({ ward, week, at, cases: count, definition, measure = 'new-cases' }, n) =>
      message(
        district,
        'case-count-published',
        {
          areaId: `W${ward}`,
          measure,
          periodStart: measure === 'cumulative-cases' ? '2021-01-01' : daysBefore(weekEnd(week), 6),
          periodEnd: weekEnd(week),
          cases: count,
          ...(count === null ? { suppressed: true } : {}),
          ...(definition ? { definition } : {}),
        } as never,
        `${at}T20:00:00.000Z`,
        `p-${n}`,
      ),
    );
}

function table(change: (row: Published) => Published[] = (row) => [row]): Published[] {
  const rows: Published[] = [];
  for (let week = 0; week < weeks; week++)
    for (let ward = 0; ward < 6; ward++) {
      const full = cases(ward, week);
      // first values are a fifth too low
      rows.push(...change({ ward, week, at: daysBefore(weekEnd(week), -4), cases: Math.round(full / 1.2) }));
      if (week < weeks - 1) rows.push(...change({ ward, week, at: daysBefore(weekEnd(week), -11), cases: full }));
    }
  return rows;
}

let service: ServiceUnderTest;
beforeAll(async () => {
  service = await startMl();
}, 120_000);
afterAll(() => service?.stop());

/** The second projection is the epidemic service's; it hears of a new district a moment later. */
async function reached(district: string, sequence: number): Promise<void> {
  const deadline = Date.now() + 90_000;
  while (!(await service.projections[1]!.reached(district, sequence, 1000)))
    if (Date.now() > deadline) throw new Error(`${district}: ${sequence} was not reached`);
}

async function districtWith(rows: readonly Published[]): Promise<string> {
  const district = await openDistrict(service);
  let last = 0;
  for (const result of await service.parts.appender.appendAll(published(district, rows))) {
    if (!result.ok) throw new Error(result.detail);
    last = result.sequence;
  }
  await reached(district, last);
  return district;
}

async function compute(district: string, more: object = {}): Promise<Answer> {
  const response = await service.app.request('/api/forecasts', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ district, ...more }),
  });
  if (response.status !== 200) throw new Error(`${response.status} ${await response.text()}`);
  return (await response.json()) as Answer;
}
const area = (answer: Answer, areaId: string) => answer.areas.find((one) => one.areaId === areaId)!;
const whyOf = async (rows: readonly Published[], areaId: string) =>
  area(await compute(await districtWith(rows)), areaId).abstention;

describe('a district that publishes weeks only', () => {
  test('is forecast by weeks from the newest revisions; at a past moment from those of then', async () => {
    const district = await districtWith(table());
    const answer = await compute(district);
    expect(answer.card).toMatchObject({ source: 'table', step: 'week' });
    const last = weekEnd(weeks - 1);
    for (let ward = 0; ward < 6; ward++) {
      const own = area(answer, `W${ward}`);
      expect(own.dataThroughDate).toBe(last);
      expect(own.weeks.map(({ targetDate }) => targetDate)).toEqual([1, 2, 3, 4].map((h) => daysBefore(last, -7 * h)));
      expect(own.days).toEqual([]);
      // the flat baseline stands at the newest published count
      expect(own.weeks[0]!.baseline[median]).toBeCloseTo(Math.round(cases(ward, weeks - 1) / 1.2), 1);
    }
    const whole = area(answer, 'D');
    for (let h = 0; h < 4; h++) {
      const sum = [0, 1, 2, 3, 4, 5].reduce(
        (total, ward) => total + area(answer, `W${ward}`).weeks[h]!.quantiles[median]!,
        0,
      );
      expect(Math.abs(sum - whole.weeks[h]!.quantiles[median]!)).toBeLessThan(0.05);
    }
    // week 19 was out on the fourth day after it, and its revision was not
    const then = await compute(district, { asOf: `${daysBefore(weekEnd(19), -6)}T00:00:00Z` });
    expect(area(then, 'W2').dataThroughDate).toBe(weekEnd(19));
    expect(area(then, 'W2').weeks[0]!.baseline[median]).toBeCloseTo(Math.round(cases(2, 19) / 1.2), 1);
  }, 120_000);

  test('risk reads the same weeks; every ward has a number or a reason, never both and never neither', async () => {
    const district = await districtWith(
      table((row) => [row.ward === 3 && row.week === weeks - 1 ? { ...row, cases: null } : row]),
    );
    type Risk = { areaId: string; score?: number; baseDate?: string; abstention?: { reason: string } };
    const deadline = Date.now() + 90_000;
    for (;;) {
      const response = await service.app.request(`/api/risk?district=${district}`);
      const { areas } = (await response.json()) as { areas: Risk[] };
      expect(areas.every(({ score, abstention }) => (score === undefined) === (abstention !== undefined))).toBe(true);
      if (areas.filter(({ score }) => score !== undefined).length >= 5) break;
      if (Date.now() > deadline) throw new Error(`no risk: ${JSON.stringify(areas).slice(0, 500)}`);
      await new Promise((done) => setTimeout(done, 200));
    }
  }, 120_000);

  test('a count too small to publish is no zero: that ward and the sum abstain, the others do not', async () => {
    const district = await districtWith(
      table((row) => [row.ward === 3 && row.week === weeks - 1 ? { ...row, cases: null } : row]),
    );
    const answer = await compute(district);
    expect(area(answer, 'W3').abstention).toMatchObject({ reason: 'gap' });
    expect(area(answer, 'D').abstention).toMatchObject({ reason: 'gap' });
    expect(area(answer, 'W2').abstention).toBeNull();
    expect(area(answer, 'W2').weeks).toHaveLength(4);
  }, 120_000);

  test('weeks that are missing in a row are a gap', async () => {
    const why = await whyOf(
      table((row) => (row.ward === 1 && row.week >= weeks - 7 && row.week < weeks - 3 ? [] : [row])),
      'W1',
    );
    expect(why).toEqual({
      reason: 'gap',
      detail: '4 periods missing in a row, at most 2',
      note: { vi: 'thiếu 4 kỳ liền nhau, nhiều nhất là 2', en: '4 periods missing in a row, at most 2' },
    });
  }, 120_000);

  test('a changed definition is a break; once its weeks are all republished under it, it is none', async () => {
    const widened = (row: Published): Published => ({ ...row, definition: 'confirmed and probable' });
    const confirmed = (row: Published): Published => ({ ...row, definition: 'confirmed' });
    const changing = table((row) => [row.week >= weeks - 5 ? widened(row) : confirmed(row)]);
    expect(await whyOf(changing, 'W4')).toMatchObject({ reason: 'definition-break' });
    expect(await whyOf(changing, 'D')).toMatchObject({ reason: 'definition-break' });
    const rewritten = [...changing, ...table((row) => [{ ...widened(row), at: daysBefore(weekEnd(weeks - 1), -5) }])];
    expect(await whyOf(rewritten, 'W4')).toBeNull();
  }, 120_000);

  test('cumulative counts that fall are a negative correction, not a negative forecast', async () => {
    const daily = (fallOn: number | undefined): ReturnType<typeof published> => {
      const messages: ReturnType<typeof published> = [];
      let cumulative = 500;
      for (let day = 0; day < 60; day++) {
        cumulative += day === fallOn ? -30 : 12 + (day % 5);
        const at = new Date(Date.UTC(2021, 0, 2 + day)).toISOString().slice(0, 10);
        messages.push(
          message(
            '-',
            'case-count-published',
            {
              areaId: 'W0',
              measure: 'cumulative-cases',
              periodStart: '2021-01-01',
              periodEnd: at,
              cases: cumulative,
            } as never,
            `${at}T20:00:00.000Z`,
          ),
        );
      }
      return messages;
    };
    for (const [fallOn, expected] of [
      [50, 'negative-correction'],
      [undefined, undefined],
    ] as const) {
      const district = await openDistrict(service);
      const messages = daily(fallOn).map((one) => ({
        ...one,
        subject: one.subject.replace('vx.-.', `vx.${district}.`),
        payload: String(one.payload).replace('"district":"-"', `"district":"${district}"`),
      }));
      let last = 0;
      for (const result of await service.parts.appender.appendAll(messages as never)) {
        if (!result.ok) throw new Error(result.detail);
        last = result.sequence;
      }
      await reached(district, last);
      const own = area(await compute(district, { areaIds: ['W0'] }), 'W0');
      expect(own.abstention?.reason).toBe(expected);
      if (expected === undefined) {
        expect(own.weeks).toHaveLength(4);
        expect(own.days).toHaveLength(28);
      }
    }
  }, 120_000);

  test('admissions are published beside cases, and forecast as such', async () => {
    const district = await districtWith([
      ...table(),
      ...table((row) => [{ ...row, measure: 'admissions', cases: Math.round(row.cases! / 12) }]),
    ]);
    const answer = await compute(district, { target: 'admissions' });
    expect(area(answer, 'W5').weeks[0]!.baseline[median]).toBeCloseTo(
      Math.round(Math.round(cases(5, weeks - 1) / 1.2) / 12),
      1,
    );
  }, 120_000);

  test('too few weeks, and a table that has fallen silent, are named', async () => {
    expect(
      await whyOf(
        table((row) => (row.week >= 6 ? [] : [row])),
        'W0',
      ),
    ).toMatchObject({ reason: 'too-little' });
    // others still publish; this ward has not for four weeks
    const silent = table((row) => (row.ward === 0 && row.week > weeks - 5 ? [] : [row]));
    expect(await whyOf(silent, 'W0')).toMatchObject({ reason: 'stale' });
  }, 120_000);
});
