import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { inTransaction } from '#platform/database.ts';
import { followDistricts } from '#platform/projections.ts';
import { until } from '#platform/testing/requests.ts';
import { silentLog } from '#platform/testing/servers.ts';
import type { ServiceUnderTest } from '#platform/testing/service.ts';
import { message } from '../../epidemic/testing/service.ts';
import { mlProjection } from '../projection.ts';
import { dayOf, openDistrict, startMl, wave } from '../testing/service.ts';

interface Answer {
  target: string;
  unit: string;
  cadence: string;
  targets: string[];
  cadences: string[];
  cardId: string | null;
  method: string | null;
  dataThroughDate: string;
  horizons: { weeks?: number; days?: number; targetDate: string; quantiles: number[]; baseline: number[] }[];
  trackRecord: { weeks?: number; days?: number; of: number; sentence: { vi: string } | null }[];
  backtest: { codeVersion: string; target?: string } | null;
  abstention: { reason: string; detail: string } | null;
}
interface Computed {
  version: string;
  stored: boolean;
  areas: {
    areaId: string;
    weeks: Answer['horizons'];
    days: Answer['horizons'];
    abstention: { reason: string } | null;
  }[];
}
interface InForce {
  kind: string;
  active: { version: string; since: string | null; by: string | null; reason: string | null };
  versions: { version: string }[];
  decisions: { version: string; until: string | null }[];
}

let service: ServiceUnderTest;
let district: string;

async function ask<Body>(path: string, body?: unknown, status = 200): Promise<Body> {
  const response = await service.app.request(path, {
    ...(body === undefined
      ? {}
      : { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  });
  if (response.status !== status) throw new Error(`${response.status} instead of ${status}: ${await response.text()}`);
  return (await response.json()) as Body;
}
const forecast = (query: string) => ask<Answer>(`/api/forecasts?district=${district}${query}`);
const compute = (body: object, status = 200) =>
  ask<Computed & { errors: { field: string; reason: string }[] }>('/api/forecasts', { district, ...body }, status);
const send = async (messages: ReturnType<typeof wave>) => {
  for (const result of await service.parts.appender.appendAll(messages)) if (!result.ok) throw new Error(result.detail);
};

const rising = (ward: number, day: number) => 2 + ward / 2 + 2 * Math.exp(day / 30);
const beds = (day: number) => Math.round(100 + 60 * Math.sin(day / 18));

function capacity(from: number, to: number) {
  const messages: ReturnType<typeof wave> = [];
  for (let day = from; day < to; day++)
    for (const [n, share] of [0.5, 0.3, 0.2].entries())
      messages.push(
        message(
          district,
          'capacity-reported',
          {
            facilityId: `f${n}`,
            name: `Bệnh viện ${n}`,
            kind: 'hospital',
            areaId: `W${n}`,
            bedsTotal: Math.round(300 * share),
            bedsOccupied: Math.round(beds(day) * share),
            intensiveCareTotal: 40,
            intensiveCareOccupied: Math.round(beds(day) * share * 0.15),
          },
          `${dayOf(day)}T01:00:00.000Z`,
          `capacity-${day}-${n}`,
        ),
      );
  return messages;
}

/** 30 businesses a ward, of which one more opens every other day. */
async function openBusinesses(): Promise<void> {
  const { database } = service.parts;
  await database.query(
    `INSERT INTO economy.business_versions (district, business_id, known_at, registered, form, area_id, first_sequence, sequence, event_key)
     SELECT $1, 'b' || ward || '-' || n, '2021-01-01Z', true, 'household', 'W' || ward || 'a', 1, 1, 'k' || ward || '-' || n
     FROM generate_series(0, 5) AS ward, generate_series(1, 30) AS n`,
    [district],
  );
  await database.query(
    `INSERT INTO economy.status_spans (district, business_id, from_day, until_day, status, known_at, sequence)
     SELECT $1, 'b' || ward || '-' || n, '2021-05-01'::date + 2 * n, 'infinity', 'open', '2021-01-01Z', 1
     FROM generate_series(0, 5) AS ward, generate_series(1, 30) AS n`,
    [district],
  );
}

beforeAll(async () => {
  service = await startMl();
  district = await openDistrict(service);
  await openBusinesses();
  await send(
    [...wave(district, { from: 0, to: 75 }, rising), ...capacity(0, 75)].sort((a, b) =>
      recordedTime(a) < recordedTime(b) ? -1 : 1,
    ),
  );
  await until(async () => {
    for (const target of ['cases', 'beds', 'businesses-active']) {
      const { dataThroughDate, horizons } = await forecast(`&target=${target}`);
      if (horizons.length === 0 || dataThroughDate < dayOf(74)) return undefined;
    }
    return true;
  });
}, 120_000);
afterAll(() => service?.stop());

const recordedTime = ({ payload }: { payload: string | Uint8Array }) =>
  (JSON.parse(typeof payload === 'string' ? payload : Buffer.from(payload).toString()) as { recordedtime: string })
    .recordedtime;

describe('targets', () => {
  test('an area lists what can be asked of it', async () => {
    expect((await forecast('')).targets).toEqual(['cases', 'beds', 'intensive-care', 'businesses-active']);
    expect((await forecast('&areaId=W1')).targets).toEqual(['cases', 'businesses-active']);
  });

  test('beds are a level, forecast for four weeks and 28 days, on dates that follow the data', async () => {
    const weekly = await forecast('&target=beds');
    const daily = await forecast('&target=beds&cadence=daily');
    expect([weekly.unit, daily.cadence]).toEqual(['occupied beds on targetDate', 'day']);
    expect(weekly.horizons.map(({ weeks }) => weeks)).toEqual([1, 2, 3, 4]);
    expect(daily.horizons.map(({ days }) => days)).toEqual(Array.from({ length: 28 }, (_, n) => n + 1));
    const through = Date.parse(weekly.dataThroughDate);
    expect(weekly.horizons.map(({ targetDate }) => (Date.parse(targetDate) - through) / 86_400_000)).toEqual([
      7, 14, 21, 28,
    ]);
    // the flat baseline stands at the last level: three facilities' reports of the last day
    const now = [0.5, 0.3, 0.2].reduce((sum, share) => sum + Math.round(beds(74) * share), 0);
    expect(weekly.horizons[0]!.baseline[11]!).toBeCloseTo(now, 1);
    expect(weekly.backtest).toMatchObject({ codeVersion: 'forecast-3', target: 'beds' });
    // a week ahead is the seventh day ahead
    expect(daily.horizons[6]!.quantiles[11]!).toBeCloseTo(weekly.horizons[0]!.quantiles[11]!, 1);
  });

  test("businesses of the wards add up to the district's", async () => {
    const query = '&target=businesses-active&cadence=daily';
    const whole = await forecast(query);
    const wards = await Promise.all([0, 1, 2, 3, 4, 5].map((ward) => forecast(`${query}&areaId=W${ward}`)));
    for (const [d, { quantiles }] of whole.horizons.entries()) {
      const sum = wards.reduce((total, ward) => total + ward.horizons[d]!.quantiles[11]!, 0);
      expect(Math.abs(sum - quantiles[11]!)).toBeLessThan(0.05);
    }
    expect(whole.horizons).toHaveLength(28);
  });

  test('what is not forecast says why, by name', async () => {
    expect((await forecast('&target=admissions')).abstention).toMatchObject({ reason: 'no-numbers-heard' });
    expect((await forecast('&target=beds&areaId=W1')).abstention).toMatchObject({ reason: 'district-only' });
    expect((await forecast('&areaId=W1a')).abstention).toMatchObject({ reason: 'level-not-forecast' });
    for (const query of ['&target=deaths', '&cadence=hourly'])
      expect((await service.app.request(`/api/forecasts?district=${district}${query}`)).status).toBe(422);
  });
});

describe('on demand', () => {
  const rows = async () =>
    (
      await service.parts.database.query<{ n: number }>(
        'SELECT count(*)::int AS n FROM ml.forecast_versions WHERE district = $1',
        [district],
      )
    ).rows[0]!.n;

  /** Once the service has said by itself what it has to say. */
  const settledRows = async () => {
    let before = -1;
    return until(async () => {
      const now = await rows();
      const isSame = now === before;
      before = now;
      if (!isSame) await new Promise((done) => setTimeout(done, 2000));
      return isSame ? now : undefined;
    });
  };

  test('a past moment is answered with what was known then, and nothing is stored', async () => {
    const asOf = `${dayOf(60)}T06:00:00.000Z`;
    const first = await compute({ asOf });
    expect(first).toMatchObject({ version: 'forecast-3', stored: false });
    expect(first.areas.map(({ areaId }) => areaId)).toEqual(['D', 'W0', 'W1', 'W2', 'W3', 'W4', 'W5']);
    expect(first.areas[0]!.weeks[0]!.targetDate).toBe(dayOf(67));
    expect(first.areas[0]!.days).toHaveLength(28);
    // a case of day 55 that becomes known on day 74 was not known on day 60
    await send([
      message(
        district,
        'case-confirmed',
        { caseId: 'late', confirmedDate: dayOf(55), areaId: 'W1a' } as never,
        `${dayOf(74)}T09:00:00.000Z`,
      ),
    ]);
    await until(async () => ((await compute({ areaIds: ['W1'] })).areas.length === 1 ? true : undefined));
    const before = await settledRows();
    expect(await compute({ asOf })).toEqual(first);
    const only = await compute({ asOf, areaIds: ['W3', 'W1a'], target: 'cases' });
    expect(only.areas[0]).toEqual(first.areas.find(({ areaId }) => areaId === 'W3'));
    expect(only.areas[1]!.abstention).toMatchObject({ reason: 'level-not-forecast' });
    expect(await rows()).toBe(before);
  }, 120_000);

  test('wrong questions are named', async () => {
    expect((await compute({ areaIds: ['W1', 'X9'] }, 422)).errors[0]).toMatchObject({ field: 'body.areaIds.1' });
    expect((await compute({ asOf: '2999-01-01T00:00:00Z' }, 422)).errors[0]).toMatchObject({ field: 'json.asOf' });
    await compute({ target: 'wealth' }, 422);
    await compute({ district: 'nowhere' }, 404);
  });
});

describe('versions', () => {
  const inForce = async (kind: string) =>
    (await ask<{ inForce: InForce[] }>(`/api/models?district=${district}`)).inForce.find((one) => one.kind === kind)!;
  const decide = (kind: string, body: object, status = 200) =>
    ask<InForce & { errors?: { reason: string }[]; next?: string[] }>(
      `/api/models/${kind}/active?district=${district}`,
      body,
      status,
    );

  test('one step back, and the next forecast carries it; forward again', async () => {
    expect((await inForce('forecast')).active).toEqual({ version: 'forecast-3', since: null, by: null, reason: null });
    const back = await decide('forecast', { version: 'forecast-1', reason: 'dải quá hẹp', by: 'Trần Văn A' });
    expect(back.active).toMatchObject({ version: 'forecast-1', by: 'Trần Văn A', reason: 'dải quá hẹp' });
    const older = await until(async () => {
      const answer = await forecast('');
      return answer.cardId?.startsWith('forecast-forecast-1-') ? answer : undefined;
    });
    expect(older.backtest).toMatchObject({ codeVersion: 'forecast-1' });
    expect((await forecast('&cadence=daily')).abstention).toMatchObject({ reason: 'weekly-only' });
    await decide('forecast', { version: 'forecast-3', reason: 'đã kiểm tra', by: 'Trần Văn A' });
    await until(async () => ((await forecast('')).cardId?.startsWith('forecast-forecast-3-') ? true : undefined));
    const { active, decisions } = await inForce('forecast');
    expect(active).toMatchObject({ version: 'forecast-3', reason: 'đã kiểm tra' });
    expect(decisions.map(({ version, until: end }) => [version, end === null])).toEqual([
      ['forecast-3', true],
      ['forecast-1', false],
    ]);
  }, 120_000);

  test('the same for risk, which is said anew', async () => {
    await decide('risk', { version: 'ml-1', reason: 'so sánh', by: 'Trung tâm y tế' });
    const modelIds = async () =>
      (await ask<{ areas: { modelId?: string }[] }>(`/api/risk?district=${district}`)).areas.map(
        (area) => area.modelId,
      );
    await until(async () => ((await modelIds()).every((id) => id?.startsWith('risk-ml-1-')) ? true : undefined));
    const newest = (await inForce('risk')).versions.at(-1)!.version;
    await decide('risk', { version: newest, reason: 'so sánh xong', by: 'Trung tâm y tế' });
    await until(async () => ((await modelIds()).every((id) => id?.startsWith(`risk-${newest}-`)) ? true : undefined));
  }, 120_000);

  test('unknown versions, the one that is in force, and decisions without a reason are refused', async () => {
    expect(
      (await decide('forecast', { version: 'forecast-9', reason: 'x', by: 'y' }, 422)).errors![0]!.reason,
    ).toContain('forecast-1, forecast-2, forecast-3');
    expect((await decide('forecast', { version: 'forecast-3', reason: 'x', by: 'y' }, 409)).next).toEqual([
      'forecast-1',
      'forecast-2',
    ]);
    await decide('forecast', { version: 'forecast-1', reason: '', by: 'y' }, 422);
    await decide('astrology', { version: 'forecast-1', reason: 'x', by: 'y' }, 422);
  });

  test('a rebuild from the journal gives the same decisions', async () => {
    const rows = async () =>
      (
        await service.parts.database.query<{ row: string }>(
          'SELECT to_jsonb(t)::text AS row FROM ml.model_activations t WHERE district = $1 ORDER BY 1',
          [district],
        )
      ).rows;
    const before = await rows();
    expect(before).toHaveLength(4);
    const { database, broker } = service.parts;
    const [projection] = service.projections;
    const again = mlProjection(() => {});
    await inTransaction(database, async (transaction) => {
      await again.forget(transaction, district);
      await transaction.query('DELETE FROM ml.positions WHERE district = $1', [district]);
    });
    const followed = await followDistricts(again, { database, broker, log: silentLog, batchEntries: 50 });
    expect(await followed.reached(district, projection!.committedSequence(district), 60_000)).toBe(true);
    await followed.stop();
    expect(await rows()).toEqual(before);
  }, 120_000);
});

test('/metrics tells of every model: last run, time, areas, abstentions, score beside the baseline, bands that held, waiting questions', async () => {
  await send(wave(district, { from: 76, to: 92 }, rising).concat(capacity(76, 92)));
  await until(async () => {
    const { trackRecord } = await forecast('&target=beds');
    return trackRecord[0]!.of > 0 ? true : undefined;
  });
  expect((await forecast('&target=beds&cadence=daily')).trackRecord[0]!.sentence!.vi).toMatch(/hạn 1 ngày/);
  const value = async (name: string, labels: Record<string, string>) => {
    const metric = (await service.parts.metrics.registry.getMetricsAsJSON()).find((one) => one.name === name);
    const found = metric?.values.find((one) =>
      Object.entries(labels).every(([key, wanted]) => String((one.labels as Record<string, unknown>)[key]) === wanted),
    );
    return found?.value;
  };
  const of = { model: 'forecast', district, target: 'beds' };
  await until(async () => await value('vx_model_bands_scored', { district, target: 'beds', weeks: '1' }));
  expect(Date.now() / 1000 - (await value('vx_model_last_run_timestamp_seconds', of))!).toBeLessThan(120);
  expect(await value('vx_model_areas', of)).toBe(1);
  expect(await value('vx_model_areas', { model: 'risk', district })).toBe(6);
  expect(await value('vx_model_relative_score', of)).toBeGreaterThan(0);
  expect(await value('vx_model_relative_score', { model: 'risk', district })).toBeGreaterThan(0);
  expect(await value('vx_model_runs_total', { model: 'forecast', target: 'beds', outcome: 'done' })).toBeGreaterThan(0);
  expect(await value('vx_model_thread_waiting', { thread: 'slow' })).toBeGreaterThanOrEqual(0);
  const text = await service.parts.metrics.registry.metrics();
  expect(text).toContain('vx_model_run_seconds_bucket');
  expect(text).toContain('# TYPE vx_model_abstentions gauge');
}, 120_000);

test('while the database or the journal is away nothing falls over, and afterwards what was missed is made up', async () => {
  const { database, appender } = service.parts;
  const failing = appender.appendAll.bind(appender);
  const riskDay = async () =>
    (await ask<{ areas: { dataThroughDate: string }[] }>(`/api/risk?district=${district}`)).areas[0]!.dataThroughDate;
  let refused = 0;
  await send(wave(district, { from: 93, to: 94 }, rising));
  await until(async () => ((await riskDay()) >= dayOf(93) ? true : undefined));
  // the views are away, as while PostgreSQL restarts
  await database.query('ALTER SCHEMA geography RENAME TO geography_away');
  service.parts.broker.connection.publish(
    `vxa.committed.${district}.epidemic`,
    JSON.stringify({ district, service: 'epidemic', throughSequence: 1 }),
  );
  const away = await service.app.request(`/api/forecasts?district=${district}`);
  expect(away.status).toBeGreaterThanOrEqual(500);
  expect(away.headers.get('content-type')).toBe('application/problem+json');
  await database.query('ALTER SCHEMA geography_away RENAME TO geography');
  expect((await forecast('')).horizons).toHaveLength(4);
  // the journal acknowledges nothing for a while
  appender.appendAll = (messages) => {
    if (!messages.some(({ subject }) => subject.includes('.ml.'))) return failing(messages);
    refused++;
    return Promise.reject(new Error('no responders'));
  };
  await failing(wave(district, { from: 95, to: 97 }, rising));
  await until(async () => (refused > 0 ? true : undefined));
  appender.appendAll = failing;
  await until(async () => ((await riskDay()) >= dayOf(96) ? true : undefined));
  await until(async () => ((await forecast('')).dataThroughDate >= dayOf(96) ? true : undefined));
}, 120_000);
