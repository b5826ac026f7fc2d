import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { schemasReadBy, startDeclared } from '#lifecycle/testing/declared.ts';
import { deleteDistrictStream } from '#platform/journal.ts';
import { get, post } from '#platform/testing/requests.ts';
import type { ServiceUnderTest } from '#platform/testing/service.ts';
import { openTestDistrict } from '../../district/testing/district.ts';
import define from '../app.ts';
import { citizens } from '../declaration.ts';

const base = '/api/open311/v2';
let now = new Date('2021-10-05T03:00:00Z');
const place = { lat: '10.705', long: '106.712' };

describe('Open311 GeoReport v2', () => {
  let service: ServiceUnderTest;
  let district: string;
  const address = (path: string, query: Record<string, string> = {}) =>
    `${base}/${path}?${new URLSearchParams({ jurisdiction_id: district, ...query })}`;
  const ask = async (path: string, query: Record<string, string> = {}) => {
    const response = await service.app.request(address(path, query));
    return { status: response.status, body: (await response.json()) as Record<string, unknown>[] };
  };
  const send = (params: Record<string, string>, format = 'json') =>
    service.app.request(`${base}/requests.${format}`, {
      method: 'POST',
      body: new URLSearchParams({ jurisdiction_id: district, ...params }),
    });
  const sent = async (params: Record<string, string>) =>
    ((await (await send(params)).json()) as { service_request_id: string; service_notice: string }[])[0]!;

  beforeAll(async () => {
    service = await startDeclared(citizens, define(), () => now, { acts: () => false });
    district = await openTestDistrict(service, { clock: 'live' });
  });
  afterAll(async () => {
    await deleteDistrictStream(service.parts.broker, district);
    await service.stop();
  });

  test('discovery, services and a definition, in both formats', async () => {
    for (const path of ['/api/open311/discovery', `${base}/discovery`]) {
      const { endpoints } = await get<{ endpoints: { url: string }[] }>(service, `${path}.json`);
      expect(endpoints[0]!.url).toMatch(/\/api\/open311\/v2$/);
      expect(await (await service.app.request(`${path}.xml`)).text()).toContain('<format>text/xml</format>');
    }
    const { body } = await ask('services.json');
    expect(body).toHaveLength(12);
    expect(body.find(({ service_code }) => service_code === 'drainage')).toMatchObject({
      type: 'realtime',
      metadata: true,
      group: 'street',
    });
    expect((await ask('services/noise.json')).body).toMatchObject({
      service_code: 'noise',
      attributes: [
        { variable: true, code: 'hours', datatype: 'multivaluelist', order: 1, values: [{ key: 'day' }, {}, {}] },
      ],
    });
    const xml = await service.app.request(address('services/noise.xml'));
    expect(xml.headers.get('content-type')).toBe('text/xml; charset=utf-8');
    expect((await xml.text()).replace(/\s+/g, '')).toContain('<values><value><key>day</key>');
    const vietnamese = await service.app.request(address('services.json', { language: 'vi' }));
    expect(await vietnamese.text()).toContain('tiếng ồn');
  });

  test('sent, read by number, by list and by its reporter; answered it is closed', async () => {
    const response = await send({
      service_code: 'noise',
      ...place,
      description: 'karaoke & trống <to>',
      first_name: 'B',
      'attribute[hours]': 'night',
    });
    expect(response.status).toBe(201);
    const [{ service_request_id: id, service_notice: notice }] = (await response.json()) as [Record<string, string>];
    const reference = /PA-\S+?(?=\.)/.exec(notice!)![0];
    expect((await ask(`requests/${id}.json`)).body).toEqual([
      {
        ...{ service_request_id: id, status: 'open', status_notes: null, service_name: 'noise', service_code: 'noise' },
        ...{
          description: 'karaoke & trống <to>',
          agency_responsible: 'People’s Committee of W1',
          service_notice: null,
        },
        ...{
          requested_datetime: '2021-10-05T03:00:00Z',
          updated_datetime: '2021-10-05T03:00:00Z',
          expected_datetime: '2021-10-07T03:00:00Z',
        },
        ...{ address: null, address_id: null, zipcode: null, lat: 10.705, long: 106.712, media_url: null },
      },
    ]);
    expect((await ask(`requests/${reference}.json`)).body[0]!.service_request_id).toBe(id);
    expect((await ask(`tokens/${reference}.json`)).body).toEqual([{ service_request_id: id, token: reference }]);
    expect((await ask(`tokens/${reference.slice(0, -1)}.json`)).status).toBe(404);
    const xml = await (await service.app.request(address(`requests/${id}.xml`))).text();
    expect(xml).toContain('<description>karaoke &amp; trống &lt;to&gt;</description>');
    expect(
      (await ask('requests.json', { service_request_id: `${id},PA-NONE`, extensions: 'true' })).body,
    ).toMatchObject([
      { extended_attributes: { state: 'routed', unit: 'ward.W1', attributes: [{ code: 'hours', value: 'night' }] } },
    ]);
    now = new Date(now.getTime() + 3_600_000);
    const closed = await post(service, `/api/citizens/reports/${id}/close?district=${district}`, {
      outcome: 'fixed',
      answer: 'đã nhắc',
    });
    expect(closed.status).toBe(200);
    expect((await ask(`requests/${id}.json`)).body[0]).toMatchObject({
      status: 'closed',
      status_notes: 'fixed: đã nhắc',
      updated_datetime: '2021-10-05T04:00:00Z',
    });
    expect(
      (await ask('requests.json', { status: 'open' })).body.map(({ service_request_id }) => service_request_id),
    ).not.toContain(id);
    expect(
      (await ask('requests.json', { status: 'closed' })).body.map(({ service_request_id }) => service_request_id),
    ).toEqual([id]);
  });

  test('an address alone, a JSON body, a picture beside the form; nothing of them is lost', async () => {
    const { service_request_id: byAddress } = await sent({
      service_code: 'waste',
      address_string: '12 Nguyễn Thị Thập',
      address_id: '99',
    });
    expect((await ask(`requests/${byAddress}.json`)).body[0]).toMatchObject({
      address: '12 Nguyễn Thị Thập',
      address_id: '99',
      lat: null,
      long: null,
    });
    const asJson = await post(service, `${base}/requests.json`, {
      jurisdiction_id: district,
      service_code: 'drainage',
      lat: 10.705,
      long: 106.712,
      attribute: { depthCm: 30 },
    });
    expect(asJson.status).toBe(201);
    const frame = [0xff, 0xc0, 0, 11, 8, 0, 10, 0, 10, 1, 1, 0x11, 0];
    const picture = [0xff, 0xd8, ...frame, 0xff, 0xda, 0, 2, 1, 0xff, 0xd9];
    const form = new FormData();
    for (const [name, value] of Object.entries({ jurisdiction_id: district, service_code: 'tree', ...place }))
      form.set(name, value);
    form.set('media', new Blob([Uint8Array.from(picture)]), 'anh.jpg');
    const withPicture = await service.app.request(`${base}/requests.json`, { method: 'POST', body: form });
    const [{ service_request_id: id }] = (await withPicture.json()) as [Record<string, string>];
    const [{ media_url: media }] = (await ask(`requests/${id}.json`)).body as [{ media_url: string }];
    expect(
      (await service.app.request(new URL(media).pathname + new URL(media).search)).headers.get('content-type'),
    ).toBe('image/jpeg');
  });

  test('the same sent twice are two, and both are told; pages hold each once', async () => {
    const before = (await ask('requests.json', { service_code: 'security' })).body.length;
    const ids: string[] = [];
    for (let index = 0; index < 5; index++) {
      now = new Date(now.getTime() + 1000);
      ids.unshift((await sent({ service_code: 'security', ...place, description: 'giống nhau' })).service_request_id);
    }
    expect([before, new Set(ids).size]).toEqual([0, 5]);
    const page = async (number: number) =>
      (await ask('requests.json', { service_code: 'security', page_size: '2', page: String(number) })).body.map(
        ({ service_request_id }) => service_request_id,
      );
    expect([...(await page(1)), ...(await page(2)), ...(await page(3)), ...(await page(4))]).toEqual(ids);
  });

  test('dates: receipt from the start to the end, both within', async () => {
    now = new Date('2021-11-01T00:00:00Z');
    const { service_request_id: id } = await sent({ service_code: 'building', ...place });
    const found = async (start_date: string, end_date: string) =>
      (await ask('requests.json', { start_date, end_date, service_code: 'building' })).body.map(
        ({ service_request_id }) => service_request_id,
      );
    expect(await found('2021-11-01T00:00:00Z', '2021-11-01T00:00:00Z')).toEqual([id]);
    expect(await found('2021-11-01T07:00:00+07:00', '2021-11-02')).toEqual([id]);
    expect(await found('2021-11-01T00:00:01Z', '2021-11-02')).toEqual([]);
    expect(await found('2021-10-01', '2021-10-31T23:59:59Z')).toEqual([]);
  });

  test('errors are in the shape of the standard, with status and parameter', async () => {
    const refused = await send({ service_code: 'pothole', lat: '10.7' }, 'xml');
    expect([refused.status, refused.headers.get('content-type')]).toEqual([400, 'text/xml; charset=utf-8']);
    const xml = (await refused.text()).replace(/\s+/g, ' ');
    expect(xml).toContain(
      '<errors> <error> <code>404</code> <description>service_code: &quot;pothole&quot; was not found',
    );
    expect(xml).toContain('<description>long: was not provided');
    expect(await ask('services/001.json')).toMatchObject({ status: 404, body: [{ code: 404 }] });
    expect(await ask('requests/PA-NONE.json')).toMatchObject({ status: 404, body: [{ code: 404 }] });
    expect(await ask('requests.json', { jurisdiction_id: 'dc.gov' })).toMatchObject({
      status: 404,
      body: [{ code: 404, description: 'jurisdiction_id: "dc.gov" was not found' }],
    });
    expect(await ask('requests.json', { start_date: 'x' })).toMatchObject({ status: 400, body: [{ code: 400 }] });
    const odd = await send({ service_code: 'tree', ...place, description: 'a\u0007b' });
    expect([odd.status, await odd.json()]).toMatchObject([
      400,
      [{ code: 400, description: expect.stringMatching(/^description: /) }],
    ]);
    const broken = await service.app.request(`${base}/requests.json?jurisdiction_id=${district}`, {
      method: 'POST',
      body: '{',
      headers: { 'content-type': 'application/json' },
    });
    expect([broken.status, await broken.json()]).toEqual([
      400,
      [{ code: 400, description: 'body: a JSON object of parameters' }],
    ]);
    const within = (levels: number) => `${'{"attribute":'.repeat(levels)}1${'}'.repeat(levels)}`;
    for (const levels of [34, 20_000]) {
      const deep = await service.app.request(`${base}/requests.json?jurisdiction_id=${district}`, {
        method: 'POST',
        body: within(levels),
        headers: { 'content-type': 'application/json' },
      });
      expect([deep.status, await deep.json()]).toEqual([
        400,
        [{ code: 400, description: 'body: objects within objects, at most 32 deep' }],
      ]);
    }
  });

  test('one district needs no name', async () => {
    const response = await service.app.request(`${base}/services.json`);
    expect(response.status).toBe(200);
  });
});

test('whoever has no account sends, reads the own report by its reference number, and no other', async () => {
  const { startServiceUnderTest } = await import('#platform/testing/service.ts');
  const service = await startServiceUnderTest(define(), {
    now: () => now,
    others: schemasReadBy(citizens),
    permit: () => ({
      known: false,
      may: (action) => ['report.send', 'report.follow'].includes(action),
      reach: () => undefined,
    }),
  });
  const district = await openTestDistrict(service, { clock: 'live' });
  const created = await service.app.request(`${base}/requests.json`, {
    method: 'POST',
    body: new URLSearchParams({ jurisdiction_id: district, service_code: 'tree', ...place }),
  });
  const [{ service_request_id: id, service_notice: notice }] = (await created.json()) as [Record<string, string>];
  const statusOf = async (path: string) =>
    (await service.app.request(`${base}/${path}?jurisdiction_id=${district}`)).status;
  expect(await statusOf(`requests/${/PA-\S+?(?=\.)/.exec(notice!)![0]}.json`)).toBe(200);
  expect([await statusOf(`requests/${id}.json`), await statusOf('requests.json')]).toEqual([403, 403]);
  await deleteDistrictStream(service.parts.broker, district);
  await service.stop();
});
