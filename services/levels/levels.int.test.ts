import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import '../services.ts';
import type { Principal } from '#contracts/access/principal.ts';
import { callerOf } from '#contracts/access/product-permit.ts';
import type { LevelExplanation, LevelsAnswer, LevelThenAndNow } from '#contracts/http/levels.ts';
import { deleteDistrictStream } from '#platform/journal.ts';
import { append, get, post, until } from '#platform/testing/requests.ts';
import type { ServiceUnderTest } from '#platform/testing/service.ts';
import { openTestDistrict } from '../district/testing/district.ts';
import { message } from '../epidemic/testing/service.ts';
import { smallCellsOf } from '../small-cells.ts';
import { startLevels } from './testing/service.ts';

/** 07:00 of a day in the district. */
const morning = (day: string) => `${day}T00:00:00.000Z`;

let service: ServiceUnderTest;
const districts: string[] = [];
beforeAll(async () => {
  service = await startLevels();
}, 120_000);
afterAll(async () => {
  for (const district of districts) await deleteDistrictStream(service.parts.broker, district);
  await service.stop();
});

/** Four wards of 20,000 people, vaccinated as asked; the clock stands at 2021-11-08. */
async function openDistrict(more: Parameters<typeof openTestDistrict>[1] = {}): Promise<string> {
  const district = await openTestDistrict(service, { peopleOfWard: 20_000, ...more });
  districts.push(district);
  const covered = (areaId: string, fullOf50 = 0.9) =>
    (['18+', '50+', 'all'] as const).map((ageGroup) =>
      message(
        district,
        'vaccination-count-published',
        {
          ...{ areaId, ageGroup, asOfDate: '2021-11-05' },
          ...{
            population: 10_000,
            peopleAtLeastOneDose: 9_500,
            peopleFullCourse: 10_000 * (ageGroup === '50+' ? fullOf50 : 0.8),
          },
        },
        morning('2021-11-05'),
      ),
    );
  await append(service, district, [
    ...['W0', 'W1', 'W2'].flatMap((ward) => covered(ward)),
    ...covered('W3', 0.5),
    ...confirmed(district, 'W0a', 9, { day: '2021-11-03' }),
    ...confirmed(district, 'W1a', 30, { day: '2021-11-04' }),
    ...confirmed(district, 'W1a', 9, { day: '2021-11-04', exposure: 'quarantine' }),
    ...confirmed(district, 'W3b', 1, { day: '2021-11-02' }),
    message(district, 'capacity-reported', facility('station', 'health-station', 'W0', 0), morning('2021-11-06')),
    message(district, 'capacity-reported', facility('other', 'health-station', 'W1', 2), morning('2021-11-06')),
    message(district, 'capacity-reported', facility('team', 'care-team', 'W1', 0), morning('2021-11-08')),
    ...confirmed(district, 'W2a', 1, { day: '2021-11-08', knownOn: '2021-11-08' }),
  ]);
  return district;
}

let count = 0;
const confirmed = (
  district: string,
  areaId: string,
  cases: number,
  {
    day,
    knownOn = day,
    exposure = 'community',
  }: { day: string; knownOn?: string; exposure?: 'community' | 'quarantine' },
) =>
  Array.from({ length: cases }, () =>
    message(
      district,
      'case-confirmed',
      { caseId: `c${count++}`, areaId, confirmedDate: day, exposure } as Parameters<
        typeof message<'case-confirmed'>
      >[2],
      morning(knownOn),
    ),
  );
const facility = (facilityId: string, kind: 'health-station' | 'care-team', areaId: string, oxygenPoints: number) => ({
  ...{ facilityId, name: facilityId, kind, areaId, bedsTotal: 5, bedsOccupied: 0, oxygenPoints },
});
const explain = (district: string, areaId: string, more: Record<string, string> = {}) =>
  get<LevelExplanation>(service, `/api/levels/explanation?${new URLSearchParams({ district, areaId, ...more })}`);
const list = (district: string, level: string, more: Record<string, string> = {}) =>
  get<LevelsAnswer>(service, `/api/levels?${new URLSearchParams({ district, level, ...more })}`);

describe('levels that explain themselves', () => {
  let district: string;
  beforeAll(async () => {
    district = await openDistrict();
  }, 120_000);

  test('a ward: numerator, people, rate, bounds, policy, what would change it', async () => {
    const { assessed, policy, window, changes, onDay, others, data } = await explain(district, 'W0');
    expect(onDay).toBe('2021-11-08');
    expect(window).toEqual({ from: '2021-11-01', to: '2021-11-07' });
    expect(policy!.id).toBe('qd-4800');
    // 9 of 20,000 are 45 per 100,000: the second band, level 1 with coverage.
    expect(assessed!.level).toEqual({ low: 1, high: 1 });
    expect(assessed!.measures[0]).toMatchObject({
      count: { known: 9, high: 9 },
      people: 20_000,
      ratePer100k: { low: 45, high: 45 },
      band: { low: 2, high: 2 },
    });
    expect(assessed!.measures[0]!.cuts.map(({ at }) => at)).toEqual([20, 50, 150]);
    expect(assessed!.shares[0]).toMatchObject({
      numerator: 9500,
      denominator: 10_000,
      met: true,
      ofArea: 'W0',
      dataThrough: '2021-11-05',
    });
    expect(changes!.up).toEqual({ of: 'cases', requirement: null, by: 1, level: 2 });
    expect(others.map(({ policyId }) => policyId)).toEqual(['qd-2686', 'qd-218']);
    expect(data).toMatchObject({ source: 'line-list', coverageThrough: '2021-11-05' });
    // Too few cases to learn from how long reports take: it is said.
    expect(assessed!.reasons.map(({ code }) => code)).toContain('delays-unknown');
  });

  test('community cases count by 4800, and all by 218; the running day is not in the window', async () => {
    const { assessed, others } = await explain(district, 'W1');
    expect(assessed!.measures[0]!.count).toEqual({ known: 30, high: 30 });
    expect(assessed!.level).toEqual({ low: 3, high: 3 });
    expect(others[1]!.measures[0]!.count).toEqual({ known: 39, high: 39 });
    expect((await explain(district, 'W2')).assessed!.measures[0]!.count!.known).toBe(0);
  });

  test('elders who are not covered raise an area with a case; criterion 3 by what stations report', async () => {
    const { assessed } = await explain(district, 'W3');
    expect(assessed).toMatchObject({
      level: { low: 2, high: 2 },
      decidedBy: 'elders-floor',
      floor: { met: false, raised: true },
    });
    expect(assessed!.care).toEqual({ met: null, forbidsLowering: false });
    expect((await explain(district, 'W0')).assessed!.care!.met).toBe(false);
    expect((await explain(district, 'W1')).assessed!.care!.met).toBe(true);
  });

  test('a neighbourhood has its ward’s coverage, and says so; the district is the sum of its parts', async () => {
    const small = await explain(district, 'W0a');
    expect(small.assessed!.measures[0]).toMatchObject({ people: 8000, count: { known: 9 } });
    expect(small.assessed!.shares[0]!.ofArea).toBe('W0');
    expect(small.assessed!.reasons).toContainEqual({ code: 'coverage-of-area-above', parameters: { areaId: 'W0' } });
    expect((await explain(district, 'D')).assessed!.measures[0]!.count!.known).toBe(40);
  });

  test('every area of a kind, the highest first, as each explains itself', async () => {
    const { areas } = await list(district, 'ward');
    expect(areas.map(({ areaId, assessed }) => [areaId, assessed!.level.low])).toEqual([
      ['W1', 3],
      ['W3', 2],
      ['W0', 1],
      ['W2', 1],
    ]);
    for (const kind of ['district', 'ward', 'neighbourhood'])
      for (const { areaId, assessed } of (await list(district, kind)).areas)
        expect([areaId, assessed!.level]).toEqual([areaId, (await explain(district, areaId)).assessed!.level]);
  });

  test('another day, another policy', async () => {
    expect((await explain(district, 'W1', { onDay: '2021-10-11' })).policy!.id).toBe('qd-2686');
    expect((await explain(district, 'W1', { onDay: '2021-11-04' })).assessed!.measures[0]!.count!.known).toBe(0);
    expect((await explain(district, 'W1', { onDay: '2021-05-01' })).withheld).toBe('no-policy');
    const later = await service.app.request(`/api/levels/explanation?district=${district}&areaId=W1&onDay=2021-11-09`);
    expect(later.status).toBe(422);
    expect((await service.app.request(`/api/levels/explanation?district=${district}&areaId=nowhere`)).status).toBe(404);
  });

  test('the centre says by itself what the levels of wards and district are', async () => {
    const rows = await until(async () => {
      const found = await service.parts.database.query(
        `SELECT area_id, low, high FROM levels.assessment_versions WHERE district = $1 AND known_until = 'infinity' ORDER BY area_id`,
        [district],
      );
      return found.rows.some(({ area_id, low }) => area_id === 'W1' && low === 3) && found.rows.length === 5
        ? found.rows
        : undefined;
    });
    expect(rows.map(({ area_id, low }) => `${area_id} ${low}`)).toEqual(['D 2', 'W0 1', 'W1 3', 'W2 1', 'W3 2']);
  });
});

describe('what is missing is said', () => {
  test('no population; nothing heard; a list that has been silent; cases that came later', async () => {
    const district = await openDistrict({ unpopulated: 'W1' });
    const without = await explain(district, 'W1');
    expect(without.assessed!.level).toEqual({ low: 1, high: 3 });
    expect(without.assessed!.reasons.map(({ code }) => code)).toContain('no-population');

    const silent = await openTestDistrict(service, {});
    districts.push(silent);
    await append(service, silent, [
      message(silent, 'capacity-reported', facility('s', 'health-station', 'W0', 1), morning('2021-11-08')),
    ]);
    const nothing = await explain(silent, 'W0');
    expect(nothing.assessed!.measures[0]!.count).toBeNull();
    expect(nothing.assessed!.level).toEqual({ low: 1, high: 4 });
    expect(nothing.assessed!.reasons.map(({ code }) => code)).toEqual(
      expect.arrayContaining(['no-cases-heard', 'no-coverage']),
    );

    // A late report of the same week: known then, and known now.
    await append(service, district, confirmed(district, 'W2b', 12, { day: '2021-11-03', knownOn: '2021-11-12' }));
    const both = await get<LevelThenAndNow>(
      service,
      `/api/levels/then-and-now?${new URLSearchParams({ district, areaId: 'W2', onDay: '2021-11-08' })}`,
    );
    expect(both.knownThen.assessed!.level).toEqual({ low: 1, high: 1 });
    expect(both.knownNow.assessed!.level).toEqual({ low: 2, high: 2 });
  });

  test('three days without a word of cases leave the level open above', async () => {
    const district = await openDistrict();
    await append(service, district, [
      message(district, 'capacity-reported', facility('late', 'health-station', 'W0', 1), morning('2021-11-11')),
    ]);
    const { assessed } = await explain(district, 'W1');
    expect(assessed!.reasons).toContainEqual(
      expect.objectContaining({ code: 'stale-feed', parameters: expect.objectContaining({ days: 3 }) }),
    );
    expect(assessed!.level.high).toBe(3);
    expect((await explain(district, 'W2')).assessed!.level).toEqual({ low: 1, high: 3 });
  });

  test('published weeks: another week than the window, hidden counts, parts that are missing', async () => {
    const district = await openTestDistrict(service, { peopleOfWard: 20_000 });
    districts.push(district);
    const week = (areaId: string, cases: number | null, periodEnd = '2021-11-07', more: object = {}) => ({
      ...{
        areaId,
        measure: 'new-cases' as const,
        periodStart: periodEnd === '2021-11-07' ? '2021-11-01' : '2021-10-31',
      },
      ...{ periodEnd, cases, ...more },
    });
    const at = morning('2021-11-08');
    await append(service, district, [
      message(district, 'case-count-published', week('W0', 12), at),
      message(district, 'case-count-published', week('W1', null, '2021-11-07', { suppressed: true }), at),
      message(district, 'case-count-published', week('W2', 4, '2021-11-06'), at),
    ]);
    const countOf = async (areaId: string) => {
      const { assessed } = await explain(district, areaId);
      return [assessed!.measures[0]!.count, assessed!.reasons.map(({ code }) => code)] as const;
    };
    expect((await countOf('W0'))[0]).toEqual({ known: 12, high: 12 });
    expect(await countOf('W1')).toEqual([{ known: 0, high: 15 }, expect.arrayContaining(['suppressed-counts'])]);
    expect(await countOf('W2')).toEqual([{ known: 4, high: 4 }, expect.arrayContaining(['published-week'])]);
    expect(await countOf('W3')).toEqual([null, expect.arrayContaining(['no-cases-heard'])]);
    expect(await countOf('D')).toEqual([
      { known: 16, high: null },
      expect.arrayContaining(['parts-of-cases-missing', 'suppressed-counts']),
    ]);
  });
});

describe('declared by a person', () => {
  let district: string;
  const declare = async (body: object) => {
    const response = await post(service, `/api/levels/declarations?district=${district}`, body);
    return { status: response.status, body: (await response.json()) as Record<string, never> };
  };
  beforeAll(async () => {
    district = await openDistrict();
  }, 120_000);

  test('a raise takes effect 48 hours later by the district’s clock, and can be withdrawn before', async () => {
    const { status, body } = await declare({ areaId: 'W1', level: 3, reason: 'nhiều ổ dịch' });
    expect(status).toBe(201);
    expect(body).toMatchObject({
      state: 'scheduled',
      takesEffectAt: '2021-11-10T00:00:00.000Z',
      declaredAt: morning('2021-11-08'),
      exercise: true,
    });
    expect((await declare({ areaId: 'W1', level: 4, reason: 'r' })).status).toBe(409);
    const { declarationId } = body as unknown as { declarationId: string };

    const notice = await get<{ text: string }>(
      service,
      `/api/levels/declarations/${declarationId}/notice?district=${district}`,
    );
    expect(notice.text).toContain('có hiệu lực từ 07:00 ngày 10/11/2021');
    const cap = await service.app.request(`/api/levels/declarations/${declarationId}/cap?district=${district}`);
    expect(cap.headers.get('content-type')).toContain('application/cap+xml');
    expect(await cap.text()).toMatch(/<status>Exercise<\/status>[\s\S]*<polygon>10\.7,106\.71 /);
    const feed = await (await service.app.request(`/api/levels/feed.atom?district=${district}&areaId=W1`)).text();
    expect(feed).toContain(`/api/levels/declarations/${declarationId}/cap?district=${district}`);

    const gone = await post(service, `/api/levels/declarations/${declarationId}/withdraw?district=${district}`, {
      areaId: 'W1',
      reason: 'số liệu đã sửa',
    });
    expect([gone.status, ((await gone.json()) as { state: string }).state]).toEqual([200, 'withdrawn']);
    expect((await explain(district, 'W1')).scheduled).toBeNull();
    expect((await declare({ areaId: 'W1', level: 3, reason: 'lần nữa' })).status).toBe(201);
  });

  test('too short a notice is refused with the soonest moment; a place that is not there', async () => {
    const early = await declare({ areaId: 'W3', level: 2, reason: 'r', takesEffectAt: '2021-11-09T23:59:59Z' });
    expect([early.status, JSON.stringify(early.body)]).toEqual([
      422,
      expect.stringContaining('2021-11-10T00:00:00.000Z'),
    ]);
    expect((await declare({ areaId: 'nowhere', level: 2, reason: 'r' })).status).toBe(422);
    // What everybody reads does not read otherwise than it is.
    for (const turned of [
      { reason: 'r\u202e' },
      { reason: 'r', document: '1\u2066' },
      { reason: 'r', signedBy: '\u202a' },
    ])
      expect((await declare({ areaId: 'W3', level: 2, ...turned })).status).toBe(422);
  });

  test('in force once the clock has come there, for whoever looks from then on; criterion 3 keeps it', async () => {
    await declare({ areaId: 'W0', level: 3, reason: 'r' });
    await append(service, district, confirmed(district, 'W2b', 1, { day: '2021-11-10', knownOn: '2021-11-10' }));
    const now = await explain(district, 'W0');
    expect(now.inForce).toMatchObject({ level: 3, state: 'in-force' });
    // A station without oxygen: what is computed as 1 may not be lower than what is declared.
    expect(now.assessed).toMatchObject({ level: { low: 3, high: 3 }, decidedBy: 'criterion-3' });
    const lower = await declare({ areaId: 'W0', level: 1, reason: 'r' });
    expect([lower.status, lower.body]).toEqual([
      409,
      expect.objectContaining({ title: 'The level may not be lowered' }),
    ]);
    expect((await explain(district, 'W0', { asOf: '2021-11-09T23:59:59Z' })).inForce).toBeNull();
  });
});

test('a locality adjusts a policy: signed, from a day on; bounds that do not rise are refused', async () => {
  const district = await openDistrict();
  const adjust = (body: object) =>
    post(service, `/api/levels/policies/qd-4800/adjustments?district=${district}`, {
      ...{ from: '2021-11-08', signedBy: 'Ban Chỉ đạo', document: 'QĐ 1', reason: 'mật độ dân cư' },
      ...body,
    });
  expect((await adjust({ cuts: { cases: [null, 200, null] } })).status).toBe(422);
  expect((await adjust({ cuts: { cases: [null, null, 160] } })).status).toBe(201);
  const { assessed, policy } = await explain(district, 'W1');
  // 150 per 100,000 were the fourth band.
  expect([assessed!.level, policy!.adjustedBy]).toEqual([
    { low: 2, high: 2 },
    [expect.objectContaining({ document: 'QĐ 1' })],
  ]);
  expect((await explain(district, 'W1', { onDay: '2021-11-07' })).assessed!.measures[0]!.cuts[2]!.at).toBe(150);
});

test('a published table whose parts are not its total is caught', async () => {
  const response = await post(service, '/api/levels/totals', { parts: [14_034, 6_098, 1_962, 3_091], total: 24_330 });
  expect(await response.json()).toEqual({ sum: 25_185, total: 24_330, difference: 855, addsUp: false });
});

describe('who may see no rows of persons', () => {
  test('is told what was announced, and no level that was computed; a ward’s own people are told of their ward', async () => {
    const role = 'ward-leader' as const;
    let areas: 'all' | string[] = 'all';
    let purpose: Principal['purpose'] = null;
    const limited = await startLevels({
      permit: () =>
        callerOf(
          {
            ...{ actor: { authtype: 'user', authid: 'p1' }, known: true, purpose },
            grants: [{ role, districts: 'all', areas }],
          } as Principal,
          Date.now,
        ),
      smallCellsBy: smallCellsOf,
    });
    try {
      const district = await openTestDistrict(limited, { exercise: false, peopleOfWard: 20_000 });
      districts.push(district);
      await append(limited, district, confirmed(district, 'W1a', 30, { day: '2021-11-04', knownOn: '2021-11-08' }));
      const ask = (address: string) => get<LevelExplanation & LevelsAnswer>(limited, `${address}district=${district}`);
      const told = await ask('/api/levels/explanation?areaId=W1&');
      expect(told).toMatchObject({ withheld: 'small-cells', assessed: null, changes: null, window: null, data: null });
      expect([told.others, told.chances]).toEqual([[], []]);
      const { areas: all } = await ask('/api/levels?');
      expect(all.map(({ assessed, withheld }) => [assessed, withheld])).toEqual(all.map(() => [null, 'small-cells']));
      // In the order of the areas, not of what is hidden.
      expect(all.map(({ areaId }) => areaId)).toEqual(['W0', 'W1', 'W2', 'W3']);
      purpose = 'decision';
      areas = ['W1'];
      const own = await ask('/api/levels?');
      expect(own.areas.filter(({ assessed }) => assessed).map(({ areaId }) => areaId)).toEqual(['W1']);
    } finally {
      await limited.stop();
    }
  });
});
