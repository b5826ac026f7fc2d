import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Committed, committedSubject } from '#contracts/live.ts';
import { deleteDistrictStream } from '#platform/journal.ts';
import { append, get, post } from '#platform/testing/requests.ts';
import type { ServiceUnderTest } from '#platform/testing/service.ts';
import { openTestDistrict } from '../district/testing/district.ts';
import { message, startEconomy } from './testing/district.ts';

const now = () => new Date('2021-11-10T03:00:00Z');
interface Detail {
  status: string | null;
  name: string;
  areaId: string | null;
  lapsed: boolean;
  spans: { from: string; until: string | null; status: string }[];
  history: unknown[];
}

describe('economy', () => {
  let service: ServiceUnderTest;
  let district: string;
  const url = (path: string, query: Record<string, string> = {}) =>
    `/api/economy/${path}?${new URLSearchParams({ district, ...query })}`;
  beforeAll(async () => {
    service = await startEconomy(now);
    district = await openTestDistrict(service, { clock: 'live' });
  });
  afterAll(async () => {
    await deleteDistrictStream(service.parts.broker, district);
    await service.stop();
  });

  test('a business is registered, closes and opens again by REST; stale and unlawful edits are refused', async () => {
    const answer = await post(service, url('businesses'), {
      name: 'Phở Hòa Pasteur',
      form: 'household',
      registeredDate: '2021-01-04',
      location: { lon: 106.712, lat: 10.705 },
    });
    expect(answer.status).toBe(201);
    const { businessId, business } = (await answer.json()) as { businessId: string; business: Detail };
    expect(business).toMatchObject({ status: 'open', areaId: 'W1a', lapsed: false });
    const first = answer.headers.get('etag')!;
    const close = (etag: string, body: Record<string, unknown>) =>
      post(service, url(`businesses/${businessId}/status`), body, { 'if-match': etag });
    const closed = await close(first, { status: 'closed', effectiveDate: '2021-07-09' });
    expect(closed.status).toBe(200);
    const stale = await close(first, { status: 'restricted', effectiveDate: '2021-10-01' });
    expect(stale.status).toBe(412);
    const etag = closed.headers.get('etag')!;
    const unlawful = await close(etag, { status: 'suspended', effectiveDate: '2021-08-01' });
    expect(unlawful.status).toBe(409);
    expect(await unlawful.json()).toMatchObject({ currentStatus: 'closed', lawfulSteps: ['open', 'restricted'] });
    // Left out: today in the district, where it is the 10th already.
    const reopened = await close(etag, { status: 'restricted' });
    expect(reopened.status).toBe(200);
    const detail = await get<Detail>(service, url(`businesses/${businessId}`));
    expect(detail.spans).toEqual([
      { from: '2021-01-04', until: '2021-07-09', status: 'open', licensedUntil: null },
      { from: '2021-07-09', until: '2021-11-10', status: 'closed', licensedUntil: null },
      { from: '2021-11-10', until: null, status: 'restricted', licensedUntil: null },
    ]);
    expect(detail.history).toHaveLength(3);
    const on = async (day: string) => (await get<Detail>(service, url(`businesses/${businessId}`, { on: day }))).status;
    expect([await on('2020-12-31'), await on('2021-07-08'), await on('2021-07-09'), await on('2021-11-10')]).toEqual([
      null,
      'open',
      'closed',
      'restricted',
    ]);
    expect((await post(service, url('businesses/nobody/status'), { status: 'closed' })).status).toBe(404);
  });

  test('a closing that is known late re-states the past, and what was told before stays readable', async () => {
    await append(service, district, [
      message(district, 'business-registered', '2021-06-01T00:00:00Z', {
        businessId: 'late',
        name: 'Tạp hóa',
        registeredDate: '2021-06-01',
        areaId: 'W3b',
      }),
      message(district, 'business-status-changed', '2021-09-20T00:00:00Z', {
        businessId: 'late',
        status: 'closed',
        effectiveDate: '2021-07-01',
      }),
      // The register had the wrong day: the correction is known in October.
      message(district, 'business-registered', '2021-10-05T00:00:00Z', {
        businessId: 'late',
        name: 'Tạp hóa Hai',
        registeredDate: '2021-05-01',
        areaId: 'W3b',
      }),
    ]);
    const active = async (asOf: string, on: string) =>
      (await get<{ figure: { value: number } }>(service, url('active', { areaId: 'W3b', asOf, on }))).figure.value;
    expect(await active('2021-08-01T00:00:00Z', '2021-07-15')).toBe(1);
    expect(await active('2021-09-21T00:00:00Z', '2021-07-15')).toBe(0);
    expect(await active('2021-09-21T00:00:00Z', '2021-05-15')).toBe(0);
    expect(await active('2021-10-06T00:00:00Z', '2021-05-15')).toBe(1);
    const then = await get<Detail>(service, url('businesses/late', { asOf: '2021-09-01T00:00:00Z' }));
    expect(then).toMatchObject({ name: 'Tạp hóa' });
    expect(then.history).toHaveLength(1);
  });

  test('a licence term that ended is shown and counted apart, and closes nothing', async () => {
    await append(service, district, [
      message(district, 'business-registered', '2021-01-01T00:00:00Z', {
        businessId: 'lapsed',
        name: 'Karaoke',
        registeredDate: '2021-01-01',
        licensedUntil: '2021-06-30',
        areaId: 'W2a',
      }),
    ]);
    const figures = async (on: string) => {
      const { areas } = await get<{ areas: { figures: { formula: string; value: number }[] }[] }>(
        service,
        url('figures', { areaId: 'W2a', on }),
      );
      return Object.fromEntries(areas[0]!.figures.map(({ formula, value }) => [formula, value]));
    };
    expect(await figures('2021-06-30')).toMatchObject({
      'businesses-active': 1,
      'businesses-active-licensed': 1,
      'businesses-active-lapsed': 0,
    });
    expect(await figures('2021-07-01')).toMatchObject({
      'businesses-active': 1,
      'businesses-active-licensed': 0,
      'businesses-active-lapsed': 1,
    });
    expect(await get(service, url('businesses/lapsed', { on: '2021-07-01' }))).toMatchObject({
      status: 'open',
      lapsed: true,
    });
  });

  test('a fact that is sent again changes nothing, and commands still work', async () => {
    const fact = message(district, 'business-registered', '2021-01-01T00:00:00Z', {
      businessId: 'again',
      name: 'Spa',
      registeredDate: '2021-01-01',
    });
    await append(service, district, [fact]);
    const before = await get(service, url('businesses/again'));
    await append(service, district, [{ ...fact, id: `${fact.id} later` }]);
    expect(await get(service, url('businesses/again'))).toEqual(before);
    expect((await post(service, url('businesses/again/status'), { status: 'closed' })).status).toBe(200);
  });

  test('revenue: a value has a source, a later one revises it, and a month is compared with the quarter', async () => {
    const publish = (value: number, periodStart: string, periodEnd: string) =>
      post(service, url('indicators'), {
        series: 'revenue',
        indicatorId: 'budget-revenue',
        periodStart,
        periodEnd,
        value,
        unit: 'tỷ đồng',
        name: 'Thu ngân sách',
        source: 'znews 2021-11-04',
      });
    expect((await publish(460, '2021-10-01', '2021-10-31')).status).toBe(201);
    expect((await publish(470, '2021-10-01', '2021-10-31')).status).toBe(201);
    expect((await publish(500, '2021-07-01', '2021-09-30')).status).toBe(201);
    const list = (query: Record<string, string>) =>
      get<{ items: { value: number; revision: number; previousValue: number | null }[] }>(
        service,
        url('indicators', { indicatorId: 'budget-revenue', from: '2021-10-01', ...query }),
      );
    expect((await list({})).items).toMatchObject([{ value: 470, revision: 2, previousValue: 460 }]);
    expect((await list({ revisions: 'true' })).items.map(({ value }) => value)).toEqual([460, 470]);
    expect(await get(service, url('comparison', { indicatorId: 'budget-revenue', month: '2021-10' }))).toMatchObject({
      month: { value: 470 },
      quarter: { label: '2021-Q3', value: 500, basis: 'published' },
      ratio: 0.94,
    });
    expect((await publish(1, '2021-10-31', '2021-10-01')).status).toBe(422);
    const sourceless = await post(service, url('indicators'), {
      indicatorId: 'x',
      periodStart: '2021-10-01',
      periodEnd: '2021-10-31',
      value: 1,
      unit: 'u',
      source: '',
    });
    expect(sourceless.status).toBe(422);
  });

  test('a point that was here before its area gets it, and the touched figures are told', async () => {
    const { broker, database } = service.parts;
    const heard: Committed[] = [];
    const subscription = broker.connection.subscribe(committedSubject(district, 'economy'), {
      callback: (_error, said) => void heard.push(said.json<Committed>()),
    });
    await append(service, district, [
      message(district, 'business-registered', '2021-11-09T00:00:00Z', {
        businessId: 'early-bird',
        name: 'Cà phê',
        registeredDate: '2015-01-01',
        location: { lon: 106.75, lat: 10.705 },
      }),
    ]);
    expect(await get(service, url('businesses/early-bird'))).toMatchObject({ areaId: null });
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
      .poll(() => heard.flatMap(({ figures }) => figures ?? []).filter(({ areaId }) => areaId === 'W9'), {
        timeout: 5000,
      })
      .toContainEqual(expect.objectContaining({ formula: 'businesses-active', value: 1 }));
    expect(await get(service, url('businesses/early-bird'))).toMatchObject({ areaId: 'W9' });
    subscription.unsubscribe();
  });

  test('says which field does not fit, and where a district is not known', async () => {
    expect((await service.app.request(url('active-series', { from: '2021-01-02', to: '2021-01-01' }))).status).toBe(
      422,
    );
    expect((await service.app.request('/api/economy/businesses?district=nowhere')).status).toBe(404);
    expect((await service.app.request(url('figures', { areaId: 'nowhere' }))).status).toBe(404);
    expect((await service.app.request(url('businesses', { cursor: 'x' }))).status).toBe(422);
    const document = (await (await service.app.request('/openapi.json')).json()) as { paths: Record<string, unknown> };
    expect(Object.keys(document.paths)).toHaveLength(10);
  });
});
