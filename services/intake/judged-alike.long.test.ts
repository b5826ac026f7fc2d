import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import '../services.ts';
import { addDays } from '#contracts/days.ts';
import type { ImportReport } from '#contracts/http/imports.ts';
import type { JournalMessage } from '#contracts/new-event.ts';
import { createMetrics } from '#platform/metrics.ts';
import { silentLog } from '#platform/testing/servers.ts';
import { createIntake } from './app.ts';

const today = '2026-11-30';
const folder = mkdtempSync(join(tmpdir(), 'door-'));
afterAll(() => rmSync(folder, { recursive: true }));

let now = new Date();
const atLocal = (time: string, day = today) => {
  now = new Date(`${day}T${time}+07:00`);
};
const journal: JournalMessage[] = [];
let imports = 0;
beforeEach(() => {
  journal.length = 0;
  atLocal('00:34:00');
});

/** The door with a journal that takes everything. */
const app = createIntake({
  appender: {
    appendAll: async (messages) =>
      messages.map((message) => ({ ok: true, sequence: journal.push(message as JournalMessage), duplicate: false })),
  },
  rules: (district) =>
    ({
      q7: { clock: 'live' as const, exercise: false, timeZone: 'Asia/Ho_Chi_Minh' },
      ny: { clock: 'live' as const, exercise: false, timeZone: 'America/New_York' },
      drill: { clock: 'recorded' as const, exercise: true, timeZone: 'Asia/Ho_Chi_Minh' },
    })[district],
  now: () => now,
  log: silentLog,
  metrics: createMetrics('judged-alike'),
  ready: async () => {},
  imports: {
    target: async (district) => ({
      district,
      timeZone: 'Asia/Ho_Chi_Minh',
      clock: 'live',
      areas: [{ areaId: 'a1', name: 'Phường Tân Phú', code: '27490' }],
    }),
    folder,
    newId: () => `import-${++imports}`,
    waitMs: 30_000,
  },
});

const event = (data: object, more: object = {}) => ({
  specversion: '1.0',
  id: '1',
  source: '/lab',
  type: 'case-confirmed',
  time: '2026-11-25T02:00:00Z',
  district: 'q7',
  data: { caseId: 'a', confirmedDate: '2026-11-25', ...data },
  ...more,
});
const structured = 'application/cloudevents+json';
const batch = 'application/cloudevents-batch+json';
async function post(body: unknown, headers: Record<string, string> = { 'content-type': structured }, query = '') {
  const answer = await app.request(`/api/events${query}`, { method: 'POST', headers, body: JSON.stringify(body) });
  return {
    status: answer.status,
    ...((await answer.json()) as { accepted: number; rejected: { field: string; reason: string }[] }),
  };
}
async function importFile(kind: string, csv: string, dryRun: boolean) {
  const answer = await app.request(`/api/imports/${kind}?district=q7&dryRun=${dryRun}&source=file.csv`, {
    method: 'POST',
    headers: { 'content-type': 'text/csv' },
    body: csv,
  });
  expect(answer.status).toBe(200);
  return (await answer.json()) as ImportReport;
}

describe('POST /api/events', () => {
  test.each([
    ['confirmed in the future', { confirmedDate: '2027-11-25' }, ['data.confirmedDate']],
    ['onset after the confirmation', { onsetDate: '2026-12-30' }, ['data.onsetDate']],
    ['specimen the day after it', { specimenDate: '2026-11-26' }, ['data.specimenDate']],
    ['a report from 1900', { confirmedDate: '1900-01-01' }, ['data.confirmedDate']],
    ['older than people grow', { ageYears: 126 }, ['data.ageYears']],
  ])('%s is refused, one by one and in a batch', async (_, data, fields) => {
    const one = await post(event(data));
    expect([one.status, one.rejected.map(({ field }) => field)]).toEqual([422, fields]);
    const many = await post([event({}, { id: '2' }), event(data)], { 'content-type': batch });
    expect([many.status, many.accepted, many.rejected.map(({ field }) => field)]).toEqual([207, 1, fields]);
  });

  test('what is of today is taken at 00:34, at noon and at 23:59, of tomorrow at none of them', async () => {
    for (const time of ['00:00:00', '00:34:00', '12:00:00', '23:59:59']) {
      atLocal(time);
      const of = (day: string) => post(event({ confirmedDate: day }, { time: `${day}T12:00:00+07:00` }));
      expect((await of(today)).status, time).toBe(201);
      expect((await of(addDays(today, 1))).rejected.map(({ field }) => field)).toEqual(['time', 'data.confirmedDate']);
    }
  });

  test('the day is that of the district’s own zone', async () => {
    // 00:34 of the 30th in Hồ Chí Minh City is 12:34 of the 29th in New York.
    const of = async (district: string, day: string) =>
      (await post(event({ confirmedDate: day }, { district }))).status;
    expect([await of('q7', today), await of('ny', today), await of('ny', '2026-11-29')]).toEqual([201, 422, 201]);
  });

  test('an exercise is judged by its own clock: that of the event', async () => {
    const of = async (confirmedDate: string, recordedtime?: string) =>
      (
        await post(
          event(
            { confirmedDate },
            { district: 'drill', time: '2021-07-01T01:00:00Z', ...(recordedtime ? { recordedtime } : {}) },
          ),
        )
      ).rejected.map(({ field }) => field);
    expect(await of('2021-07-01')).toEqual([]);
    expect(await of('2021-07-02')).toEqual(['data.confirmedDate']);
    expect(await of('2021-07-02', '2021-07-01T16:59:59Z')).toEqual(['data.confirmedDate']);
    expect(await of('2021-07-02', '2021-07-01T17:00:00Z')).toEqual([]);
    // Nothing is known before it happened.
    expect(await of('2021-07-01', '2021-07-01T00:55:00Z')).toEqual([]);
    expect(await of('2021-07-01', '2021-07-01T00:54:59Z')).toEqual(['time']);
  });

  test('the bound is told in English and in Vietnamese', async () => {
    expect((await post(event({ confirmedDate: '2026-12-01', ageYears: 40 }))).rejected).toEqual([
      {
        index: 0,
        id: '1',
        field: 'data.confirmedDate',
        value: '2026-12-01',
        reason: 'at most 2026-11-30, today in the district',
        reasonVi: 'muộn nhất là hôm nay, 30/11/2026',
      },
    ]);
    expect((await post(event({ ageYears: 126 }))).rejected).toMatchObject([
      {
        field: 'data.ageYears',
        value: 126,
        reason: expect.stringMatching(/at most 125$/),
        reasonVi: 'nhiều nhất là 125',
      },
    ]);
  });

  test('a dry run answers what the door would, and journals nothing', async () => {
    const events = [event({}), event({ confirmedDate: '2027-01-01' }, { id: '2' })];
    const tried = await post(events, { 'content-type': batch }, '?dryRun=true');
    expect(journal).toEqual([]);
    expect(tried).toEqual({
      status: 207,
      accepted: 1,
      duplicates: 0,
      throughSequence: 0,
      rejected: [expect.objectContaining({ index: 1, field: 'data.confirmedDate' })],
    });
    expect(await post(events, { 'content-type': batch }, '?dryRun=false')).toMatchObject({
      ...tried,
      throughSequence: 1,
    });
    expect(journal).toHaveLength(1);
    expect((await post(events, { 'content-type': batch }, '?dryRun=yes')).status).toBe(422);
    expect(journal).toHaveLength(1);
  });
});

describe('CloudEvents as the standard has them', () => {
  const unset = {
    subject: null,
    dataschema: null,
    datacontenttype: null,
    exercise: null,
    recordedtime: null,
    dataversion: null,
    traceparent: null,
  };
  const encoded = Buffer.from(
    JSON.stringify({ caseId: 'b64', confirmedDate: '2026-11-25', reporter: 'Trạm y tế'.normalize('NFD') }),
  ).toString('base64');
  const inBase64 = { ...event({}), data: undefined, data_base64: encoded };

  test.each([
    ['structured', structured, (one: unknown) => one],
    ['a batch', batch, (one: unknown) => [one]],
  ])('%s: null is unset, JSON may come in Base64, t and z may be small', async (_, type, wrap) => {
    expect(await post(wrap(event({}, unset)), { 'content-type': type })).toMatchObject({ status: 201, rejected: [] });
    expect(await post(wrap({ ...inBase64, ...unset }), { 'content-type': type })).toMatchObject({ status: 201 });
    expect(await post(wrap(event({}, { time: '2026-11-25t02:00:00z' })), { 'content-type': type })).toMatchObject({
      status: 201,
    });
    const [plain, base64, small] = journal.map(({ payload }) => JSON.parse(payload));
    expect(plain).toMatchObject({ subject: 'a', datacontenttype: 'application/json' });
    for (const name of ['dataschema', 'exercise', 'traceparent', 'claimedrecordedtime'])
      expect(plain).not.toHaveProperty(name);
    expect(base64).not.toHaveProperty('data_base64');
    expect(base64.data).toEqual({ caseId: 'b64', confirmedDate: '2026-11-25', reporter: 'Trạm y tế'.normalize('NFC') });
    expect(small.time).toBe('2026-11-25T02:00:00Z');
  });

  test('a needed attribute that is null is missing', async () => {
    const answer = await post(event({}, { id: null, type: null }));
    expect([answer.status, answer.rejected.map(({ field }) => field)]).toEqual([422, ['id', 'type']]);
    expect(await post(event({}, { data: null }))).toMatchObject({ status: 422, rejected: [{ field: 'data' }] });
    // Null beside Base64 is not a second value.
    expect((await post({ ...inBase64, data: null })).status).toBe(201);
    expect((await post(event({}, { data_base64: null }))).status).toBe(201);
  });

  test.each([
    ['not Base64', 'e30*'],
    ['not whole', 'e30'],
    ['not JSON', Buffer.from('<a/>').toString('base64')],
    ['not UTF-8', Buffer.from([0x22, 0xff, 0x22]).toString('base64')],
    ['not text', 7],
  ])('data_base64 that is %s is refused by its name', async (_, data_base64) => {
    expect(await post({ ...inBase64, data_base64 })).toMatchObject({
      status: 422,
      rejected: [{ field: 'data_base64', reason: 'JSON in Base64' }],
    });
  });

  test('data and data_base64 together are refused', async () => {
    expect(await post(event({}, { data_base64: encoded }))).toMatchObject({
      status: 422,
      rejected: [{ field: 'data_base64', reason: 'data or data_base64, not both' }],
    });
  });

  const headers = {
    'content-type': 'application/json',
    'ce-specversion': '1.0',
    'ce-id': 'n',
    'ce-source': '/lab',
    'ce-type': 'case-confirmed',
    'ce-district': 'q7',
    'ce-time': '2026-11-25t02:00:00+07:00',
  };
  test('binary: attributes are headers, an exercise is true or false, and what is not percent-encoded is named', async () => {
    const data = { caseId: 'n', confirmedDate: '2026-11-25' };
    expect((await post(data, { ...headers, 'ce-exercise': 'false' })).status).toBe(201);
    expect(JSON.parse(journal[0]!.payload)).toMatchObject({ time: '2026-11-25T02:00:00+07:00', exercise: false, data });
    expect(await post(data, { ...headers, 'ce-exercise': 'yes' })).toMatchObject({
      status: 422,
      rejected: [{ field: 'exercise' }],
    });
    expect(await post(data, { ...headers, 'ce-subject': '100%' })).toMatchObject({
      status: 400,
      errors: [{ field: 'ce-subject', value: '100%' }],
    });
  });

  test('a structured event is one, although its attributes are repeated in headers', async () => {
    expect(await post(event({}), { ...headers, 'content-type': `${structured}; charset=UTF-8` })).toMatchObject({
      status: 201,
    });
    expect(JSON.parse(journal[0]!.payload)).toMatchObject({ id: '1', data: { caseId: 'a' } });
  });
});

describe('a file', () => {
  const lineList = `ma_ca,phuong,ngay_xac_nhan,tuoi
T1,Tân Phú,30/11/2026,34
T2,Tân Phú,30/11/2026,51
T3,Tân Phú,29/11/2026,28
T4,Tân Phú,01/12/2026,28
T5,Tân Phú,25/11/1900,28
`;

  test('of today’s cases goes in at every hour of the day; of tomorrow’s none does, and the trial says so', async () => {
    for (const time of ['00:34:00', '12:00:00', '23:59:00'])
      for (const dryRun of [true, false]) {
        atLocal(time);
        journal.length = 0;
        const report = await importFile('cases', lineList, dryRun);
        expect(report).toMatchObject({ state: 'done', rows: 5, accepted: 3, rejected: 2, dryRun });
        expect(report.rejectedRows).toMatchObject([
          {
            line: 5,
            column: 'ngay_xac_nhan',
            value: '01/12/2026',
            reason: 'at most 2026-11-30, today in the district',
          },
          { line: 6, column: 'ngay_xac_nhan', value: '25/11/1900', reason: 'at least 1990-01-01' },
        ]);
        expect(journal).toHaveLength(dryRun ? 0 : 3);
      }
  });

  test('tells the bounds in both languages, in the report and in the file of rejected rows', async () => {
    const report = await importFile('cases', lineList, true);
    expect(report.rejectedRows.map(({ reasonVi }) => reasonVi)).toEqual([
      'muộn nhất là hôm nay, 30/11/2026',
      'sớm nhất là 01/01/1990',
    ]);
    const rejects = await app.request(`/api/imports/${report.id}/rejects`);
    expect(await rejects.text()).toContain('at least 1990-01-01,sớm nhất là 01/01/1990');
    // A cell that the row can be taken without is told of, and costs the row nothing.
    const { notes, accepted } = await importFile(
      'cases',
      'ma_ca,phuong,ngay_xac_nhan,tuoi\nT1,Tân Phú,2026-11-30,126\n',
      true,
    );
    expect([accepted, JSON.stringify(notes)]).toEqual([1, expect.stringContaining('nhiều nhất là 125')]);
  });

  test.each([
    [
      'case-counts',
      'phuong,period start,period end,cases',
      (day: string) => `Tân Phú,2026-11-01,${day},3`,
      'period end',
    ],
    ['vaccination', 'phuong,as of date,mui 1,du mui', (day: string) => `Tân Phú,${day},3,2`, 'as of date'],
    ['population', 'phuong,valid from,people', (day: string) => `Tân Phú,${day},100`, 'valid from'],
    ['businesses', 'mst,ten,ngay dang ky', (day: string) => `03A,Quán,${day}`, 'ngay dang ky'],
    ['violations', 'ma ho so,ngay,loai', (day: string) => `V1,${day},sai phép`, 'ngay'],
    ['incidents', 'incident id,occurred at,kind,severity', (day: string) => `I1,${day},crash,2`, 'occurred at'],
    [
      'capacity',
      'facility id,name,kind,reported at,beds total,beds occupied',
      (day: string) => `F1,Bệnh viện,hospital,${day},10,5`,
      'reported at',
    ],
  ])(
    '%s: a row that knows its day only is of today at 00:34, and not of tomorrow',
    async (kind, header, row, column) => {
      for (const dryRun of [true, false]) {
        const of = (day: string) => importFile(kind, `${header}\n${row(day)}\n`, dryRun);
        expect(await of(today)).toMatchObject({ accepted: 1, rejected: 0 });
        const tomorrow = await of(addDays(today, 1));
        expect(tomorrow).toMatchObject({ accepted: 0, rejected: 1 });
        expect(tomorrow.rejectedRows[0]).toMatchObject({ line: 2, column, value: addDays(today, 1) });
      }
    },
  );

  test('what a trial takes is taken, and what it refuses is refused, row by row, whatever the file and the hour', async () => {
    const day = fc.oneof(
      fc.integer({ min: -3, max: 3 }).map((days) => addDays(today, days)),
      fc.constantFrom('1989-12-31', '1990-01-01', '1900-01-01', '2027-11-25', '2026-02-30', ''),
    );
    const row = fc.record({
      confirmed: day,
      onset: day,
      specimen: day,
      age: fc.constantFrom('', '0', '125', '126', 'x'),
    });
    const hour = fc.constantFrom('00:00:00', '00:34:00', '11:54:59', '12:00:00', '23:54:00', '23:59:59');
    await fc.assert(
      fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 12 }), hour, async (rows, time) => {
        const lines = rows.map(
          ({ confirmed, onset, specimen, age }, index) => `C${index},${confirmed},${onset},${specimen},${age}`,
        );
        const csv = `ma ca,ngay xac nhan,ngay khoi phat,ngay lay mau,tuoi\n${lines.join('\n')}\n`;
        atLocal(time);
        const { id: _tried, dryRun: _dry, ...trial } = await importFile('cases', csv, true);
        const done = await importFile('cases', csv, false);
        // What began with it, under which name and when it ended is told of an import alone: by it the import is taken back.
        const { id: _taken, dryRun: _real, born, endedAt: _ended, source: _source, ...taken } = done;
        expect(taken).toEqual(trial);
        expect(born).toBe(taken.accepted);
      }),
      { numRuns: 60 },
    );
  }, 120_000);
});
