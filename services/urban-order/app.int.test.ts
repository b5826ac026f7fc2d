import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Committed, committedSubject } from '#contracts/live.ts';
import { deleteDistrictStream } from '#platform/journal.ts';
import { append, get, post } from '#platform/testing/requests.ts';
import type { ServiceUnderTest } from '#platform/testing/service.ts';
import { openTestDistrict } from '../district/testing/district.ts';
import { message, startUrbanOrder } from './testing/district.ts';

const now = () => new Date('2021-11-10T03:00:00Z');
interface Detail {
  status: string;
  overdue: boolean;
  dueAt: string | null;
  dueRule: string;
  areaId: string | null;
  lawfulSteps: string[];
  history: { type: string; irregular: string | null }[];
  merged: { violationId: string; history: unknown[] }[];
  duplicates: { violationId: string; distanceMetres: number }[];
  description: string | null;
  irregular: string[];
}

describe('urban order', () => {
  let service: ServiceUnderTest;
  let district: string;
  const url = (path: string, query: Record<string, string> = {}) =>
    `/api/urban-order/${path}?${new URLSearchParams({ district, ...query })}`;
  beforeAll(async () => {
    service = await startUrbanOrder(now);
    district = await openTestDistrict(service, { clock: 'live' });
  });
  afterAll(async () => {
    await deleteDistrictStream(service.parts.broker, district);
    await service.stop();
  });

  test('a report goes through its life by REST; stale and unlawful edits are refused with what is true now', async () => {
    const report = await post(service, url('violations'), {
      kind: 'without-permit',
      occurredAt: '2021-11-10T01:00:00Z',
      location: { lon: 106.702, lat: 10.705 },
      address: 'Hẻm 10, Tân Thuận Đông',
    });
    expect(report.status).toBe(201);
    const created = (await report.json()) as { violationId: string; projected: boolean; violation: Detail };
    expect(created).toMatchObject({
      projected: true,
      violation: { status: 'reported', areaId: 'W0a', overdue: false },
    });
    const { violationId } = created;
    const first = report.headers.get('etag')!;

    const unlawful = await post(service, url(`violations/${violationId}/close`), {});
    expect(unlawful.status).toBe(409);
    expect(await unlawful.json()).toMatchObject({
      status: 409,
      currentStatus: 'reported',
      lawfulSteps: ['verify', 'dismiss', 'merge'],
    });

    let etag = first;
    for (const [step, status] of [
      ['verify', 'verified'],
      ['minute', 'minuted'],
      ['suspend', 'suspended'],
      ['decide', 'decided'],
      ['remedy', 'remedied'],
      ['close', 'closed'],
    ]) {
      const body = step === 'decide' ? { decisionNumber: '5/QĐ-XPVPHC', remedyDueDate: '2021-12-01' } : {};
      const answer = await post(service, url(`violations/${violationId}/${step}`), body, { 'if-match': etag });
      expect([step, answer.status]).toEqual([step, 200]);
      const stale = await post(service, url(`violations/${violationId}/${step}`), body, { 'if-match': etag });
      expect(stale.status).toBe(412);
      expect(((await stale.json()) as { current: Detail }).current.status).toBe(status);
      etag = answer.headers.get('etag')!;
      // The end of 1 December in Vietnam.
      if (step === 'decide')
        expect((await get<Detail>(service, url(`violations/${violationId}`))).dueAt).toBe('2021-12-01T17:00:00.000Z');
    }
    const detail = await service.app.request(url(`violations/${violationId}`));
    expect(detail.headers.get('etag')).toBe(etag);
    const closed = (await detail.json()) as Detail;
    expect(closed).toMatchObject({ status: 'closed', lawfulSteps: [], irregular: [], dueAt: null });
    expect(closed.history.map(({ type }) => type.slice(10))).toEqual(
      'reported verified minuted suspended decided remedied closed'.split(' '),
    );
    const missing = await post(service, url('violations/nobody/verify'), {});
    expect(missing.status).toBe(404);
  });

  test('what is not carried out is enforced when its term has passed; a decision is cancelled; a young file does not expire', async () => {
    const decided = async (violationId: string, remedyDueDate: string) => {
      const steps = (['verified', 'minuted', 'suspended', 'decided'] as const).map((status, index) =>
        message(district, `violation-${status}`, {
          violationId,
          occurredAt: `2021-10-2${index}T02:00:00Z`,
          ...(status === 'decided' ? { remedyDueDate } : {}),
        }),
      );
      const report = { violationId, kind: 'canal-filling', occurredAt: '2021-10-18T02:00:00Z' };
      await append(service, district, [message(district, 'violation-reported', report), ...steps]);
    };
    await decided('term-runs', '2021-11-10');
    await decided('term-over', '2021-11-09');
    const early = await post(service, url('violations/term-runs/enforce'), {});
    expect([early.status, await early.json()]).toMatchObject([
      422,
      { errors: [{ field: 'occurredAt', reason: expect.stringContaining('from 2021-11-10T17:00:00.000Z') }] },
    ]);
    const enforced = await post(service, url('violations/term-over/enforce'), { remedyDueDate: '2021-11-20' });
    expect([enforced.status, await enforced.json()]).toMatchObject([
      200,
      {
        violation: {
          ...{ status: 'enforcing', dueStep: 'remedy', dueRule: 'decision', dueAt: '2021-11-20T17:00:00.000Z' },
          lawfulSteps: ['remedy', 'cancel', 'merge'],
        },
      },
    ]);
    const open = await get<{ total: number }>(service, url('violations', { status: 'enforcing' }));
    expect(open.total).toBe(1);
    expect((await post(service, url('violations/term-over/cancel'), { reason: 'sai thẩm quyền' })).status).toBe(200);
    expect(await get<Detail>(service, url('violations/term-over'))).toMatchObject({
      ...{ status: 'cancelled', lawfulSteps: [], dueAt: null, irregular: [] },
    });
    await append(service, district, [
      message(district, 'violation-reported', {
        violationId: 'young',
        kind: 'other',
        occurredAt: '2021-01-02T02:00:00Z',
      }),
      message(district, 'violation-verified', { violationId: 'young', occurredAt: '2021-01-03T02:00:00Z' }),
    ]);
    expect((await post(service, url('violations/young/expire'), {})).status).toBe(422);
  });

  test('two officers at once without If-Match: one step is taken, the other is told the lawful ones', async () => {
    await append(service, district, [
      message(district, 'violation-reported', {
        violationId: 'both',
        kind: 'other',
        occurredAt: '2021-11-09T00:00:00Z',
      }),
    ]);
    const answers = await Promise.all(
      ['verify', 'verify', 'dismiss'].map((step) => post(service, url(`violations/both/${step}`), {})),
    );
    const statuses = answers.map((answer) => answer.status);
    const { history } = await get<Detail>(service, url('violations/both'));
    // verify then dismiss is lawful, dismiss then verify is not, verify twice never.
    expect(history.every(({ irregular }) => irregular === null)).toBe(true);
    expect(statuses.filter((status) => status === 200)).toHaveLength(history.length - 1);
    expect(statuses.filter((status) => status === 409).length).toBeGreaterThanOrEqual(1);
  });

  test('the clock: not overdue at 47:59 after the report, overdue at 48:00, as of any moment', async () => {
    await append(service, district, [
      message(district, 'violation-reported', {
        violationId: 'late',
        kind: 'unsafe-site',
        occurredAt: '2021-11-01T02:00:00Z',
      }),
    ]);
    const at = (asOf: string) => get<Detail>(service, url('violations/late', { asOf }));
    expect(await at('2021-11-03T01:59:59Z')).toMatchObject({ overdue: false, dueRule: 'report-48h' });
    expect(await at('2021-11-03T02:00:00Z')).toMatchObject({ overdue: true, dueAt: '2021-11-03T02:00:00.000Z' });
    const list = (asOf: string) =>
      get<{ items: { violationId: string }[] }>(service, url('violations', { asOf, overdue: 'true' }));
    expect((await list('2021-11-03T01:59:59Z')).items.map((item) => item.violationId)).not.toContain('late');
    expect((await list('2021-11-03T02:00:00Z')).items.map((item) => item.violationId)).toContain('late');
    await append(service, district, [
      message(district, 'violation-verified', { violationId: 'late', occurredAt: '2021-11-03T03:00:00Z' }),
    ]);
    // Before 2022 no law said within how many days the minutes are drawn up.
    expect(await at('2021-11-03T04:00:00Z')).toMatchObject({
      status: 'verified',
      overdue: false,
      dueRule: null,
      dueAt: null,
    });
    expect(await at('2021-11-03T02:30:00Z')).toMatchObject({ status: 'reported', overdue: true });
  });

  test('duplicates are suggested by kind, metres and days, and merged without loss', async () => {
    // 0.0003 degrees of latitude are 33 m.
    const near = { lon: 106.7152, lat: 10.7053 };
    const report = (violationId: string, more: Record<string, unknown>) =>
      message(district, 'violation-reported', {
        violationId,
        kind: 'canal-filling',
        occurredAt: '2021-11-05T00:00:00Z',
        location: { lon: 106.7152, lat: 10.705 },
        ...more,
      });
    await append(service, district, [
      report('dup-a', { description: 'đổ đất xuống rạch' }),
      report('dup-b', { location: near, occurredAt: '2021-11-06T00:00:00Z' }),
      report('far', { location: { lon: 106.7152, lat: 10.707 } }),
      report('other-kind', { kind: 'sanitation' }),
      report('long-ago', { occurredAt: '2021-09-01T00:00:00Z' }),
    ]);
    const before = await get<Detail>(service, url('violations/dup-b'));
    expect(before.duplicates.map(({ violationId }) => violationId)).toEqual(['dup-a']);
    expect(before.duplicates[0]!.distanceMetres).toBeCloseTo(33.2, 0);
    const wide = await get<Detail>(service, url('violations/dup-b', { radiusMetres: '300', windowDays: '90' }));
    expect(wide.duplicates.map(({ violationId }) => violationId).sort()).toEqual(['dup-a', 'far', 'long-ago']);
    const asked = await get<{ items: unknown[] }>(
      service,
      url('duplicates', { kind: 'canal-filling', lon: '106.7152', lat: '10.7053', occurredAt: '2021-11-06T00:00:00Z' }),
    );
    expect(asked.items).toHaveLength(2);

    const total = async () => (await get<{ total: number }>(service, url('violations'))).total;
    const unmerged = await total();
    for (const intoViolationId of ['dup-b', 'nobody']) {
      const refused = await post(service, url('violations/dup-b/merge'), { intoViolationId });
      expect(refused.status).toBe(409);
    }
    const merged = await post(service, url('violations/dup-b/merge'), { intoViolationId: 'dup-a' });
    expect(merged.status).toBe(200);
    expect(await total()).toBe(unmerged - 1);
    expect(await get(service, url('violations/dup-b'))).toMatchObject({ status: 'merged', mergedInto: 'dup-a' });
    const target = await get<Detail>(service, url('violations/dup-a'));
    expect(target.merged.map(({ violationId, history }) => [violationId, history.length])).toEqual([['dup-b', 2]]);
    const back = await post(service, url('violations/dup-a/merge'), { intoViolationId: 'dup-b' });
    expect(back.status).toBe(409);
    expect((await get<{ total: number }>(service, url('violations', { status: 'merged' }))).total).toBe(1);
  });

  test('a correction is a new version: the past stays as it was told', async () => {
    const report = (description: string, recorded: string, kind = 'encroachment') =>
      message(
        district,
        'violation-reported',
        { violationId: 'fixed', kind, occurredAt: '2021-10-02T00:00:00Z', description },
        recorded,
      );
    await append(service, district, [
      report('nhà số 1', '2021-10-02T01:00:00Z'),
      report('nhà số 10', '2021-10-04T01:00:00Z', 'against-permit'),
    ]);
    const then = await get<Detail>(service, url('violations/fixed', { asOf: '2021-10-03T00:00:00Z' }));
    expect(then).toMatchObject({ description: 'nhà số 1', kind: 'encroachment' });
    expect(then.history).toHaveLength(1);
    expect(await get(service, url('violations/fixed'))).toMatchObject({
      description: 'nhà số 10',
      kind: 'against-permit',
    });
    const early = await service.app.request(url('violations/fixed', { asOf: '2021-10-01T00:00:00Z' }));
    expect(early.status).toBe(404);
  });

  test('a fact that is sent again, beyond the duplicate window, changes nothing but the subject; commands still work', async () => {
    const fact = message(district, 'violation-reported', {
      violationId: 'again',
      kind: 'other',
      occurredAt: '2021-11-01T00:00:00Z',
    });
    await append(service, district, [fact]);
    const before = await service.app.request(url('violations/again'));
    // Another message id stands for the same source and id after the broker has forgotten the first.
    await append(service, district, [{ ...fact, id: `${fact.id} later` }]);
    const after = await service.app.request(url('violations/again'));
    expect(after.headers.get('etag')).toBe(before.headers.get('etag'));
    expect(await after.text()).toBe(await before.text());
    const step = await post(service, url('violations/again/verify'), {}, { 'if-match': after.headers.get('etag')! });
    expect(step.status).toBe(200);
  });

  test('a point that was here before its area gets it when geography says so, and the touched figures are told', async () => {
    const { broker, database } = service.parts;
    const heard: Committed[] = [];
    const subscription = broker.connection.subscribe(committedSubject(district, 'urban-order'), {
      callback: (_error, said) => void heard.push(said.json<Committed>()),
    });
    await append(service, district, [
      message(district, 'violation-reported', {
        violationId: 'early-bird',
        kind: 'other',
        occurredAt: '2021-11-09T00:00:00Z',
        location: { lon: 106.75, lat: 10.705 },
      }),
    ]);
    expect(await get(service, url('violations/early-bird'))).toMatchObject({ areaId: null });
    await database.query(
      `INSERT INTO geography.area_versions (district, area_id, parent_id, level, name, name_plain, valid_from, known_at, geom, estimated, event_id, sequence)
       VALUES ($1, 'W9', 'D', 'ward', 'W9', 'w9', '2000-01-01', '2000-01-01Z', ST_Multi(ST_MakeEnvelope(106.74, 10.7, 106.76, 10.71, 4326)), true, 'W9', 99)`,
      [district],
    );
    broker.connection.publish(
      committedSubject(district, 'geography'),
      JSON.stringify({ district, service: 'geography', throughSequence: 1 }),
    );
    await expect
      .poll(async () => (await get<Detail>(service, url('violations/early-bird'))).areaId, { timeout: 5000 })
      .toBe('W9');
    await expect
      .poll(() => heard.flatMap(({ figures }) => figures ?? []).filter(({ areaId }) => areaId === 'W9'), {
        timeout: 5000,
      })
      .toContainEqual(expect.objectContaining({ formula: 'violations-open', value: 1, unit: 'violations' }));
    expect(heard.flatMap(({ figures }) => figures ?? []).some(({ areaId }) => areaId === 'D')).toBe(true);
    expect(heard.flatMap(({ figures }) => figures ?? []).some(({ areaId }) => areaId === 'W3')).toBe(false);
    subscription.unsubscribe();
  });

  test('says which field does not fit, and where a district is not known', async () => {
    const wrong = await service.app.request(url('violations', { bbox: '1,2,3' }));
    expect(wrong.status).toBe(422);
    const unknown = await service.app.request('/api/urban-order/violations?district=nowhere');
    expect(unknown.status).toBe(404);
    const body = await post(service, url('violations'), { kind: 'palace', occurredAt: 'yesterday' });
    expect(((await body.json()) as { errors: { field: string }[] }).errors.map(({ field }) => field)).toEqual([
      'json.kind',
      'json.occurredAt',
    ]);
    const document = (await (await service.app.request('/openapi.json')).json()) as { paths: Record<string, unknown> };
    expect(Object.keys(document.paths)).toHaveLength(17);
  });
});
