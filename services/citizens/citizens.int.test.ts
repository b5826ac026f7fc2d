import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addDays } from '#contracts/days.ts';
import { registerSubsystems, subsystems } from '#contracts/subsystem.ts';
import { messageOf, schemasReadBy, startDeclared } from '#lifecycle/testing/declared.ts';
import { deleteDistrictStream, readSubject, streamOf } from '#platform/journal.ts';
import { localDay } from '#platform/local-time.ts';
import { get, post } from '#platform/testing/requests.ts';
import { temporaryDistrict } from '#platform/testing/servers.ts';
import { type ServiceUnderTest, startServiceUnderTest } from '#platform/testing/service.ts';
import { keepRetention } from '../district/keep-retention.ts';
import { stamp } from '../district/stamp.ts';
import { openTestDistrict } from '../district/testing/district.ts';
import define from './app.ts';
import { citizens } from './declaration.ts';
import { openPhotoStore } from './photos/store.ts';
import { publicLimits } from './rate-limit.ts';
import { referenceOf } from './reference.ts';
import { reporterRetention } from './report/remove-reporter.ts';
import { reportReceived } from './report/report.ts';

let now = new Date('2021-10-05T03:00:00Z');
const inW1 = { lon: 106.712, lat: 10.705 };
const hour = 3_600_000;

describe('reports of people without an account', () => {
  let service: ServiceUnderTest;
  const district = temporaryDistrict();
  const at = (path: string, query: Record<string, string> = {}) =>
    `/api/citizens/${path}?${new URLSearchParams({ district, ...query })}`;
  const send = async (more: Record<string, unknown> = {}) => {
    const answer = await post(service, at('send'), {
      submission: randomUUID(),
      topic: 'noise',
      location: inW1,
      ...more,
    });
    return {
      status: answer.status,
      body: (await answer.json()) as Record<string, string> & { errors?: { field: string }[] },
    };
  };
  const follow = (reference: string) => get<Record<string, unknown>>(service, at(`follow/${reference}`));
  const step = async (reportId: string, name: string, body: object) =>
    (await post(service, at(`reports/${reportId}/${name}`), body)).status;

  beforeAll(async () => {
    service = await startDeclared(citizens, define(), () => now, { acts: (one) => one === district });
    await openTestDistrict(service, { district, clock: 'live' });
  });
  afterAll(async () => {
    await deleteDistrictStream(service.parts.broker, district);
    await service.stop();
  });

  test('sent, routed at once, answered, judged once, reopened: as its reporter sees it', async () => {
    const { status, body } = await send({ description: 'hát suốt đêm', name: 'Nguyễn Thị B', phone: '0900000000' });
    expect([status, body]).toMatchObject([201, { dueAt: '2021-10-07T03:00:00.000Z' }]);
    const { reportId, reference } = body as { reportId: string; reference: string };
    // Where rows are late, whoever leads them routes.
    await expect.poll(async () => (await follow(reference)).unit, { timeout: 60_000 }).toBe('ward.W1');
    expect(await follow(reference.toLowerCase())).toMatchObject({
      ...{ reportId, status: 'routed', topic: 'noise', description: 'hát suốt đêm', unit: 'ward.W1', mayRate: false },
      unitWords: { vi: 'UBND W1' },
      history: [{ type: 'report-received' }, { type: 'report-routed' }],
    });
    const rate = (satisfaction: number) => post(service, at(`follow/${reference}/rate`), { satisfaction });
    expect((await rate(5)).status).toBe(409);
    expect(await step(reportId, 'close', {})).toBe(422);
    expect(await step(reportId, 'close', { outcome: 'fixed', answer: 'đã nhắc chủ quán' })).toBe(200);
    expect(await follow(reference)).toMatchObject({
      status: 'closed',
      outcome: 'fixed',
      answer: 'đã nhắc chủ quán',
      mayRate: true,
      mayReopen: true,
    });
    expect([(await rate(0)).status, (await rate(6)).status]).toEqual([422, 422]);
    expect((await rate(2)).status).toBe(200);
    expect((await rate(5)).status).toBe(409);
    expect(await follow(reference)).toMatchObject({ satisfaction: 2, mayRate: false });
    const reopened = await post(service, at(`follow/${reference}/reopen`), { reason: 'vẫn ồn' });
    expect(reopened.status).toBe(200);
    expect(await follow(reference)).toMatchObject({ status: 'reopened', satisfaction: null, answer: null });
    // A new answer is judged anew.
    expect(await step(reportId, 'close', { outcome: 'fixed' })).toBe(200);
    expect((await rate(4)).status).toBe(200);
    const one = await get<Record<string, unknown>>(service, at(`reports/${reportId}`));
    expect(one).toMatchObject({ satisfaction: 4, ratedUnit: 'ward.W1', closures: 2, reopenings: 1, irregular: [] });
    expect(JSON.stringify(one)).not.toMatch(/Nguyễn Thị B|0900000000/);
    expect(await get(service, at(`reports/${reportId}/contact`))).toMatchObject({
      name: 'Nguyễn Thị B',
      phone: '0900000000',
    });
  });

  test('what is sent again is the same report; another number, or a letter of it changed, is none', async () => {
    const submission = randomUUID();
    const [first, again] = [await send({ submission }), await send({ submission, description: 'changed meanwhile' })];
    expect(again).toEqual(first);
    const { reference } = first.body as { reference: string };
    const wrong = reference.slice(0, -1) + (reference.endsWith('7') ? '8' : '7');
    for (const typed of [wrong, reference.slice(0, 11), 'PA-00000000-00000-00000-00000', 'nothing'])
      expect((await service.app.request(at(`follow/${typed}`))).status).toBe(404);
  });

  test('a number that another text has too is no way to his report', async () => {
    const { body } = await send({ description: 'của người khác' });
    const submission = randomUUID();
    const { reportId, secretHash } = referenceOf(district, submission);
    // As if the forty public bits had been hit: this text has the number of his report, and another secret.
    const { rows } = await service.parts.database.query<{ hash: string }>(
      'UPDATE citizens.report_contacts SET report_id = $3 WHERE district = $1 AND report_id = $2 RETURNING secret_hash AS hash',
      [district, body.reportId, reportId],
    );
    await service.parts.database.query(
      'UPDATE citizens.report_versions SET report_id = $3 WHERE district = $1 AND report_id = $2',
      [district, body.reportId, reportId],
    );
    expect(rows[0]!.hash).not.toBe(secretHash);
    expect((await send({ submission, description: 'của kẻ khác' })).status).toBe(409);
    expect(await get(service, at(`reports/${reportId}`))).toMatchObject({ description: 'của người khác' });
    for (const table of ['report_contacts', 'report_versions'])
      await service.parts.database.query(
        `UPDATE citizens.${table} SET report_id = $2 WHERE district = $1 AND report_id = $3`,
        [district, body.reportId, reportId],
      );
  });

  test('characters that turn the direction of text are not kept', async () => {
    const { body } = await send({ description: '\u202eabc\u2066', name: 'A\u202eB' });
    expect(await get(service, at(`reports/${body.reportId}`))).toMatchObject({ description: 'abc' });
    expect(await get(service, at(`reports/${body.reportId}/contact`))).toMatchObject({ name: 'AB' });
  });

  test('a place is asked for; nothing is kept of what is refused', async () => {
    const refused = await send({ location: undefined, name: 'Somebody' });
    expect([refused.status, refused.body.errors!.map(({ field }) => field)]).toEqual([
      422,
      ['json.location', 'json.address'],
    ]);
    expect((await send({ location: undefined, address: '12 Nguyễn Thị Thập' })).body.unit).toBe('tiep-nhan');
    expect((await send({ topic: 'weather' })).status).toBe(422);
    expect((await send({ photos: ['0'.repeat(64)] })).body.errors![0]!.field).toBe('json.photos.0');
    expect((await send({ location: { lon: 106.712, lat: 91 } })).status).toBe(422);
    const { rows } = await service.parts.database.query(
      `SELECT 1 FROM citizens.report_contacts WHERE name = 'Somebody'`,
    );
    expect(rows).toEqual([]);
  });

  test('a point on a border goes to the first ward by id; one outside of all is received by hand', async () => {
    const on = async (lon: number, lat = 10.705) => (await send({ location: { lon, lat } })).body.unit;
    expect([await on(106.7099999), await on(106.71), await on(106.7100001)]).toEqual(['ward.W0', 'ward.W0', 'ward.W1']);
    expect(await on(106.69)).toBe('tiep-nhan');
  });

  test('to another unit the first clock goes on', async () => {
    const { body } = await send();
    now = new Date(now.getTime() + 40 * hour);
    expect(await step(body.reportId!, 'route', { unit: 'q7-cong-an', routingNote: 'việc của công an' })).toBe(200);
    expect(await get(service, at(`reports/${body.reportId}`))).toMatchObject({
      ...{ unit: 'q7-cong-an', dueAt: body.dueAt, statusSince: now.toISOString() },
      history: [{}, {}, { type: 'report-routed', data: { unit: 'q7-cong-an' } }],
    });
  });

  test('none at 47:59; at 48:00 exactly one reminder that names the unit; a pause moves it', async () => {
    const { body } = await send({ topic: 'waste' });
    const { body: asked } = await send({ topic: 'waste' });
    const sentAt = now.getTime();
    const remindersOf = async (reportId: string) =>
      (
        await get<{ history: { type: string; occurredAt: string; data: { remindedUnit: string } }[] }>(
          service,
          at(`reports/${reportId}`),
        )
      ).history.filter(({ type }) => type === 'report-reminded');
    now = new Date(sentAt + hour);
    expect(await step(asked.reportId!, 'pause', { pauseReason: 'số nhà?' })).toBe(200);
    now = new Date(sentAt + 6 * hour);
    expect(await step(asked.reportId!, 'route', { unit: 'q7-tai-nguyen-moi-truong' })).toBe(200);
    // Another report wakes the engine at 47:59.
    now = new Date(sentAt + 48 * hour - 1000);
    const { body: woken } = await send({ topic: 'tree' });
    await step(woken.reportId!, 'close', { outcome: 'fixed' });
    expect(await remindersOf(body.reportId!)).toEqual([]);
    now = new Date(sentAt + 48 * hour);
    await send({ topic: 'tree' });
    await expect
      .poll(() => remindersOf(body.reportId!), { timeout: 90_000 })
      .toMatchObject([{ occurredAt: now.toISOString(), data: { remindedUnit: 'q7-tai-nguyen-moi-truong' } }]);
    expect(await remindersOf(asked.reportId!)).toEqual([]);
    now = new Date(sentAt + 53 * hour);
    await send({ topic: 'tree' });
    await expect.poll(() => remindersOf(asked.reportId!), { timeout: 90_000 }).toHaveLength(1);
    expect(await remindersOf(body.reportId!)).toHaveLength(1);
    // Who follows it is not told.
    expect(JSON.stringify(await follow(body.reference!))).not.toContain('reminded');
  });

  test('what came by another door is routed too, once', async () => {
    const data = { reportId: 'by-feed', topic: 'security', location: inW1, occurredAt: now.toISOString() };
    await service.parts.appender.append(messageOf(district, reportReceived, data));
    await expect
      .poll(async () => (await get<{ unit: string }>(service, at('reports/by-feed'))).unit, { timeout: 90_000 })
      .toBe('q7-cong-an');
    const { history } = await get<{ history: { type: string }[] }>(service, at('reports/by-feed'));
    expect(history.map(({ type }) => type)).toEqual(['report-received', 'report-routed']);
  });

  test('the same thing nearby is suggested, answered or not; another topic, farther and older ones are not', async () => {
    const near = (metres: number) => ({ lon: inW1.lon, lat: 10.702 + metres / 110_600 });
    const { body: answered } = await send({ topic: 'tree', location: near(10) });
    await step(answered.reportId!, 'close', { outcome: 'no-breach' });
    const { body: open } = await send({ topic: 'tree', location: near(45) });
    await send({ topic: 'tree', location: near(60) });
    await send({ topic: 'waste', location: near(0) });
    const ask = async (more: Record<string, string> = {}) =>
      (
        await get<{ items: { reportId: string }[] }>(
          service,
          at('duplicates', { topic: 'tree', lon: String(inW1.lon), lat: '10.702', ...more }),
        )
      ).items.map(({ reportId }) => reportId);
    expect(await ask()).toEqual([answered.reportId, open.reportId]);
    expect(await ask({ reportId: open.reportId! })).toEqual([answered.reportId]);
    expect(await ask({ radiusMetres: '70' })).toHaveLength(3);
    expect(await ask({ occurredAt: new Date(now.getTime() - 30.5 * 24 * hour).toISOString() })).toEqual([]);
  });

  test('a picture is kept without its metadata, found by its hash, and named in the journal', async () => {
    const jpeg = Uint8Array.from([
      ...[
        0xff,
        0xd8,
        0xff,
        0xe1,
        0x00,
        0x0c,
        ...Buffer.from('Exif\0\0GPS!'),
        // A frame of 10 × 10.
        ...[0xff, 0xc0, 0x00, 0x0b, 8, 0, 10, 0, 10, 1, 1, 0x11, 0],
        0xff,
        0xda,
        0x00,
        0x02,
        1,
        2,
        3,
        0xff,
        0xd9,
      ],
    ]);
    const upload = (bytes: Uint8Array) =>
      service.app.request(at('photos'), {
        method: 'POST',
        body: Buffer.from(bytes),
        headers: { 'content-type': 'application/octet-stream' },
      });
    const kept = await upload(jpeg);
    const { hash, mediaType } = (await kept.json()) as { hash: string; mediaType: string };
    expect([kept.status, mediaType]).toEqual([201, 'image/jpeg']);
    const shown = await service.app.request(at(`photos/${hash}`));
    expect(Buffer.from(await shown.arrayBuffer()).toString('latin1')).not.toContain('GPS');
    expect(shown.headers.get('content-type')).toBe('image/jpeg');
    const { body } = await send({ photos: [hash] });
    expect(await get(service, at(`reports/${body.reportId}`))).toMatchObject({ photos: hash });
    expect(await follow(body.reference!)).toMatchObject({ photos: 1 });
    expect((await upload(Buffer.from('<svg/>'))).status).toBe(422);
    expect((await service.app.request(at(`photos/${'0'.repeat(64)}`))).status).toBe(404);
  });

  test('the journal has the hash of the secret, not the secret', async () => {
    const { body } = await send({ name: 'Trần C' });
    const { broker } = service.parts;
    const said = await readSubject(broker, streamOf(district), `vx.${district}.citizens.contact.${body.reportId}`, 1e9);
    expect(said).toHaveLength(1);
    const { reference } = body as { reference: string };
    expect(said[0]!.text).not.toContain(reference.slice(12).replaceAll('-', ''));
    expect(JSON.parse(said[0]!.text).data.secretHash).toMatch(/^[0-9a-f]{64}$/);
  });

  test('with who reported go his words and the pictures that no other report shows; topic, place and clock stay', async () => {
    const pictureOf = async (last: number) => {
      const bytes = [
        0xff,
        0xd8,
        0xff,
        0xc0,
        0x00,
        0x0b,
        8,
        0,
        10,
        0,
        10,
        1,
        1,
        0x11,
        0,
        0xff,
        0xda,
        0,
        2,
        last,
        0xff,
        0xd9,
      ];
      const kept = await service.app.request(at('photos'), {
        method: 'POST',
        body: Buffer.from(bytes),
        headers: { 'content-type': 'application/octet-stream' },
      });
      return ((await kept.json()) as { hash: string }).hash;
    };
    const [own, shared] = [await pictureOf(7), await pictureOf(8)];
    const { body } = await send({ description: 'Nhà ông Sáu Tèo', address: '12 Lê Lợi', photos: [own, shared] });
    await send({ photos: [shared] });
    const read = async () => {
      const { history, ...report } = (await get(service, at(`reports/${body.reportId}`))) as Record<string, unknown>;
      return { ...report, told: JSON.stringify(history) };
    };
    await expect.poll(read, { timeout: 60_000 }).toMatchObject({ photos: `${own},${shared}`, address: '12 Lê Lợi' });
    const before = await read();
    expect(before.told).toContain('Sáu Tèo');
    expect((await post(service, at(`reports/${body.reportId}/contact/removal`), {})).status).toBe(201);
    await expect.poll(read, { timeout: 60_000 }).toEqual({
      ...before,
      description: null,
      address: null,
      photos: null,
      told: expect.not.stringMatching(/Sáu Tèo|Lê Lợi|photos/),
    });
    const { rows } = await service.parts.database.query<{ data: string }>(
      'SELECT data::text FROM citizens.report_events WHERE district = $1 AND report_id = $2',
      [district, body.reportId],
    );
    expect(rows.map(({ data }) => data).join()).not.toMatch(/Sáu Tèo|Lê Lợi/);
    expect((await service.app.request(at(`photos/${own}`))).status).toBe(404);
    expect((await service.app.request(at(`photos/${shared}`))).status).toBe(200);
    // Sent anew it is there again.
    expect(await pictureOf(7)).toBe(own);
    expect((await service.app.request(at(`photos/${own}`))).status).toBe(200);
  });

  test('who reported is removed on request: his report stays, and he follows it still', async () => {
    const { body } = await send({ name: 'Lý D', phone: '0911222333', email: 'd@example.org' });
    const ask = () => post(service, at(`reports/${body.reportId}/contact/removal`), { reason: 'theo yêu cầu' });
    const removed = await ask();
    expect([removed.status, await removed.json()]).toEqual([201, { sequence: expect.any(Number), keys: 0 }]);
    const nothing = { name: null, phone: null, email: null, deviceId: null, accountId: null };
    await expect.poll(() => get(service, at(`reports/${body.reportId}/contact`)), { timeout: 60_000 }).toEqual(nothing);
    expect(await follow(body.reference!)).toMatchObject({ reportId: body.reportId });
    expect(await (await ask()).json()).toEqual({ sequence: null, keys: 0 });
    expect((await post(service, at('reports/PA-NONE/contact/removal'), {})).status).toBe(404);
  });

  test('when the time of an answered report is over its reporter is removed once, with words and pictures; no rebuild in any order brings them back', async () => {
    const { database, broker } = service.parts;
    const real = await openTestDistrict(service, { clock: 'live', exercise: false });
    const of = (path: string) => at(path, { district: real });
    const words = { description: 'Nhà ông Bảy Hạnh', address: '9 Lê Văn Lương', name: 'Mai E' };
    const sendReal = async () => {
      const sent = await post(service, of('send'), {
        submission: randomUUID(),
        topic: 'noise',
        location: inW1,
        ...words,
      });
      return ((await sent.json()) as { reportId: string }).reportId;
    };
    const [answered, open] = [await sendReal(), await sendReal()];
    expect((await post(service, of(`reports/${answered}/close`), { outcome: 'fixed' })).status).toBe(200);
    // As a process that was started anew, and of two copies that both take themselves for the leader.
    const lookAt = async (atMs: number, copies = 1) => {
      const clock = () => new Date(atMs);
      const duty = reporterRetention({
        ...{ ...service.parts, photos: openPhotoStore(broker) },
        stampOf: (one, by) => stamp({ ...service.parts, now: clock }, one, by, async () => clock()),
      });
      const rule = { class: duty.class, periodDays: 30, from: null, until: null, verified: false } as const;
      const policy = [{ ...rule, source: { vi: 'thử', en: 'a test' } }];
      const keeping = Array.from({ length: copies }, () =>
        keepRetention({
          ...{ ...service.parts, service: 'citizens', policy, duties: [duty], now: clock },
          leads: (one) => one === real,
        }),
      );
      await Promise.all(keeping.map(({ look }) => look()));
      for (const { stop } of keeping) await stop();
    };
    const removals = async () =>
      (await readSubject(broker, streamOf(real), `vx.${real}.citizens.contact.${answered}`, 1e9))
        .map(({ text }) => JSON.parse(text))
        .filter(({ type }) => type === 'reporter-removed');
    const rowsOf = async () =>
      (
        await database.query<{ row: string }>(
          `SELECT to_jsonb(v)::text AS row FROM citizens.report_versions v WHERE district = $1
           UNION ALL SELECT to_jsonb(e)::text FROM citizens.report_events e WHERE district = $1
           UNION ALL SELECT to_jsonb(c)::text FROM citizens.report_contacts c WHERE district = $1 ORDER BY 1`,
          [real],
        )
      ).rows.map(({ row }) => row);
    const named = async () => (await rowsOf()).filter((row) => row.includes(answered) && /Bảy|Lương|Mai/.test(row));
    await expect.poll(named, { timeout: 60_000 }).not.toEqual([]);
    const today = localDay(now.getTime(), 'Asia/Ho_Chi_Minh');
    const bound = Date.parse(`${addDays(today, 31)}T00:00:00+07:00`);
    await lookAt(bound - 1);
    expect(await removals()).toEqual([]);
    await lookAt(bound, 2);
    await expect.poll(named, { timeout: 60_000 }).toEqual([]);
    await lookAt(bound);
    await lookAt(bound + 24 * hour);
    expect(await removals()).toMatchObject([{ data: { reportId: answered, basis: 'retention', reason: 'a test' } }]);
    // One that is not answered is kept, however old it is.
    await lookAt(bound + 400 * 24 * hour);
    const before = await rowsOf();
    expect(before.some((row) => row.includes(open) && row.includes('Bảy Hạnh'))).toBe(true);
    // The words of both stand in the clear in this journal, as all did before 2026-12-01.
    for (const lastFirst of [false, true]) {
      await service.rebuild(real, 2, lastFirst);
      expect(await rowsOf()).toEqual(before);
    }
    await broker.manager.streams.delete(streamOf(real));
  });

  test('rows depend on the journal alone, who reported too', async () => {
    const read = () =>
      Promise.all(
        ['report_versions', 'report_contacts', 'report_heads'].map(
          async (table) =>
            (
              await service.parts.database.query(
                `SELECT * FROM citizens.${table} WHERE district = $1 ORDER BY report_id, sequence`,
                [district],
              )
            ).rows,
        ),
      );
    const before = await read();
    await service.rebuild(district);
    expect(await read()).toEqual(before);
  });
});

test('a stranger waits after so many reports from one network; who enters them by duty does not', async () => {
  registerSubsystems([citizens].filter((one) => !subsystems().includes(one)));
  let isStranger = true;
  const service = await startServiceUnderTest(define(), {
    now: () => now,
    others: schemasReadBy(citizens),
    permit: () => ({
      known: !isStranger,
      may: (action) => !isStranger || action === 'report.send',
      reach: () => 'all',
    }),
  });
  const district = await openTestDistrict(service, { clock: 'live' });
  const send = (from: string) =>
    service.app.request(`/api/citizens/send?district=${district}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-forwarded-for': from },
      body: JSON.stringify({ submission: randomUUID(), topic: 'noise' }),
    });
  // Without a place it is refused: counted all the same.
  for (let sent = 0; sent < publicLimits.send.most; sent++) expect((await send('192.0.2.1')).status).toBe(422);
  const refused = await send('192.0.2.1');
  expect([refused.status, Number(refused.headers.get('retry-after'))]).toEqual([429, 600]);
  expect((await send('192.0.2.2')).status).toBe(422);
  isStranger = false;
  expect((await send('192.0.2.1')).status).toBe(422);
  await deleteDistrictStream(service.parts.broker, district);
  await service.stop();
});

test('who counts reports reads no words of people: not in the list, one by one, in their history, nor by Open311', async () => {
  registerSubsystems([citizens].filter((one) => !subsystems().includes(one)));
  let answers = true;
  const service = await startServiceUnderTest(define(), {
    now: () => now,
    others: schemasReadBy(citizens),
    permit: () => ({ known: true, may: (action) => answers || action !== 'report.read-words', reach: () => 'all' }),
  });
  const district = await openTestDistrict(service, { clock: 'live' });
  const words = { description: 'nhà bà Sáu', address: '12 Nguyễn Thị Thập' };
  const sent = await post(service, `/api/citizens/send?district=${district}`, {
    ...{ submission: randomUUID(), topic: 'waste', ...words },
  });
  const { reportId, reference } = (await sent.json()) as { reportId: string; reference: string };
  await post(service, `/api/citizens/reports/${reportId}/close?district=${district}`, {
    outcome: 'fixed',
    answer: 'đã báo bà Sáu',
  });
  const read = async (path: string) => (await service.app.request(path)).text();
  const paths = [
    `/api/citizens/reports?district=${district}`,
    `/api/citizens/reports/${reportId}?district=${district}`,
    ...['json', 'xml'].map(
      (format) => `/api/open311/v2/requests.${format}?jurisdiction_id=${district}&extensions=true`,
    ),
    `/api/open311/v2/requests/${reportId}.json?jurisdiction_id=${district}`,
  ];
  for (const path of paths) expect(await read(path)).toMatch(/Sáu.*|12 Nguyễn/);
  answers = false;
  for (const path of paths) {
    const told = await read(path);
    expect(told).toContain(reportId);
    expect(told).not.toMatch(/Sáu|Nguyễn/);
  }
  // Its reporter reads his own.
  for (const path of [
    `/api/open311/v2/requests/${reference}.json?jurisdiction_id=${district}`,
    `/api/citizens/follow/${reference}?district=${district}`,
  ])
    expect(await read(path)).toContain('nhà bà Sáu');
  await deleteDistrictStream(service.parts.broker, district);
  await service.stop();
});
