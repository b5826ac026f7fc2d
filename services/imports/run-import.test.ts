import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { OutgoingEvent } from './import-event.ts';
import { ImportJournal } from './import-journal.ts';
import '../services.ts';
import { rowKind } from './kinds.ts';
import { MappingError } from './mapping.ts';
import { type ImportRequest, planImport } from './plan-import.ts';
import { RejectsFile } from './rejects-file.ts';
import { type Checkpoint, type RejectedRow, runImport, type Send } from './run-import.ts';
import { textSource } from './table/source-bytes.ts';
import { DamagedFile } from './table/structural-damage.ts';

const target = {
  district: 'q7',
  timeZone: 'Asia/Ho_Chi_Minh',
  clock: 'recorded' as const,
  centre: { lon: 106.728, lat: 10.734 },
  areas: [
    { areaId: 'q7-tan-phu', name: 'Phường Tân Phú', code: '27487' },
    { areaId: 'q7-tan-quy', name: 'Phường Tân Quy', code: '27481' },
  ],
};

const request = (kind: string, text: string, more: Partial<ImportRequest> = {}): ImportRequest => ({
  kind: rowKind(kind),
  source: textSource(text, 'file.csv'),
  sourceName: 'file.csv',
  target,
  ...more,
});

async function take(kind: string, text: string, more: Partial<ImportRequest> = {}) {
  const events: OutgoingEvent[] = [];
  const rejected: RejectedRow[] = [];
  const send: Send = async (batch) => {
    events.push(...batch);
    return { accepted: batch.length, duplicates: 0, rejected: [] };
  };
  const summary = await runImport(await planImport(request(kind, text, more)), {
    send,
    settled: (rows) => rejected.push(...rows),
  });
  return { summary, events, problems: rejected.flatMap(({ problems }) => problems) };
}

describe('kinds', () => {
  test('a Vietnamese line list: names of columns, dd/mm/yyyy, names of wards, words for status', async () => {
    const { events, problems } = await take(
      'cases',
      'Mã ca;Phường;Tuổi;Giới tính;Ngày khởi phát;Ngày xác định;Tình trạng;Tọa độ\nBN 1;Tân Phú phường;34;Nữ;13/07/2021;15/07/2021;Tử vong;\nBN 2;Phường Tân Phú;34;Nam;;01/08/2021;Tại nhà;"(10.731, 106.726)"\n',
    );
    expect(problems).toEqual([
      expect.objectContaining({
        line: 2,
        column: 'Phường',
        value: 'Tân Phú phường',
        reason: expect.stringContaining('no such area'),
      }),
    ]);
    expect(events).toHaveLength(1);
    expect(events[0]).toMatchObject({
      type: 'case-confirmed',
      time: '2021-08-01T05:00:00.000Z',
      data: {
        caseId: 'BN-2',
        areaId: 'q7-tan-phu',
        ageYears: 34,
        sex: 'male',
        confirmedDate: '2021-08-01',
        status: 'home-care',
        location: { lon: 106.726, lat: 10.731 },
      },
    });
  });

  test('a blank count is suppressed and never zero; a count is reckoned from a rate only where none is printed', async () => {
    const { events } = await take(
      'case-counts',
      'area_id,week_end_date,case_rate_per_100k,cases,population\n27487,2021-08-07,50.5,,10000\n27481,2021-08-07,,,10000\n27481,2021-08-14,0,0,10000\n27481,2021-08-21,10,7,10000\n',
    );
    expect(events.map(({ data }) => data)).toMatchObject([
      { areaId: 'q7-tan-phu', periodStart: '2021-08-01', periodEnd: '2021-08-07', cases: 5, ratePer100k: 50.5 },
      { areaId: 'q7-tan-quy', cases: null, ratePer100k: null, suppressed: true },
      { cases: 0, ratePer100k: 0 },
      { cases: 7, ratePer100k: 10 },
    ]);
    expect(events[2]!.data).not.toHaveProperty('suppressed');
  });

  test('offences are folded in any spelling; one number with several breaches gives several; copies are counted', async () => {
    const row = 'V1,2019-05-01T13:39,Closed,105.1';
    const { events, summary } = await take(
      'violations',
      `case_no,status_dttm,status,code,description\n${row},Failure to Obtain Permit\n${row},FAILURE TO SECURE PERMIT\n${row},Failure to Obtain Permit\nV2,2019-05-02T01:00,Open,1,sai phép\nV3,2019-05-02T01:00,Open,1,Ghost\n`,
    );
    expect(summary).toMatchObject({ rows: 5, accepted: 4, rejected: 0, folded: 1, renamed: { rows: 1 } });
    const reported = events
      .filter(({ type }) => type === 'violation-reported')
      .map(({ data }) => data as { violationId: string; kind: string; sourceKind: string });
    expect(reported.map(({ kind }) => kind)).toEqual(['without-permit', 'without-permit', 'against-permit', 'other']);
    expect(new Set(reported.map(({ violationId }) => violationId)).size).toBe(4);
    expect(reported[0]).toMatchObject({ violationId: 'V1', sourceKind: '105.1 Failure to Obtain Permit' });
    expect(reported[1]!.violationId).toMatch(/^V1-[0-9a-z]{6}$/);
    expect(events.filter(({ type }) => type === 'violation-closed')).toHaveLength(2);
    expect(summary.notes).toEqual([
      { note: expect.stringContaining('Ghost'), noteVi: expect.stringContaining('Ghost'), rows: 1 },
    ]);
  });

  test('terms of one licence are states of one business', async () => {
    const { events } = await take(
      'businesses',
      'license_number,dba_name,first_start,term_start,term_end\n7.0,Quán A,2009-01-05,2011-01-05,2013-01-05\n7.0,Quán A,2009-01-05,2013-01-06,2015-01-05\n',
    );
    expect(events).toMatchObject([
      {
        type: 'business-registered',
        recordedtime: '2011-01-05T05:00:00.000Z',
        data: { businessId: '7', registeredDate: '2009-01-05', licensedUntil: '2013-01-05' },
      },
      {
        type: 'business-status-changed',
        data: { businessId: '7', status: 'open', effectiveDate: '2013-01-06', licensedUntil: '2015-01-05' },
      },
    ]);
  });

  test('population, vaccination in both shapes, capacity', async () => {
    const people = await take(
      'population',
      'Mã phường,Dân số,Nhóm tuổi,Từ ngày\n27487,"27613.09",65 trở lên,2019-04-01\n',
    );
    expect(people.events[0]!.data).toMatchObject({
      areaId: 'q7-tan-phu',
      people: 27613,
      ageGroup: '65+',
      validFrom: '2019-04-01',
    });
    const counts = await take(
      'vaccination',
      'area_id,as_of_date,people_1plus_cum,people_fully_cum\n27487,2021-09-01,120,\n',
    );
    expect(counts.events[0]).toMatchObject({
      type: 'vaccination-count-published',
      data: { peopleAtLeastOneDose: 120, peopleFullCourse: null },
    });
    const doses = await take('vaccination', 'Mã định danh,Phường,Mũi,Tuổi,Ngày tiêm\nP1,27487,2,51,30/08/2021\n');
    expect(doses.events[0]).toMatchObject({
      type: 'dose-administered',
      data: { personKey: 'P1', doseId: 'P1-2', doseNumber: 2, administeredDate: '2021-08-30' },
    });
    const beds = await take(
      'capacity',
      'Mã cơ sở,Tên cơ sở,Loại,Thời điểm,Tổng giường,Giường đang dùng\nbv7,Bệnh viện Quận 7,Bệnh viện,2021-08-30T07:00,250,700\n',
    );
    expect(beds.problems).toEqual([
      expect.objectContaining({
        line: 2,
        column: 'Giường đang dùng',
        value: '700',
        reason: expect.stringContaining('at most 510'),
      }),
    ]);
  });
});

describe('what cannot be known is refused before anything is sent', () => {
  const csv = 'case_no,date,lat,lon\nA,1/2/2021,10.7,106.7\nB,3/4/2021,10.7,106.7\n';

  test('ambiguous dates, until the caller says', async () => {
    await expect(planImport(request('violations', csv))).rejects.toThrow('column "date", line 2');
    const { events } = await take('violations', csv, { dayOrder: 'mdy' });
    expect(events[0]!.time.slice(0, 10)).toBe('2021-01-02');
  });

  test('exchanged columns', async () => {
    const swapped = request('violations', csv, {
      dayOrder: 'dmy',
      told: { map: { latitude: 'lon', longitude: 'lat' } },
    });
    await expect(planImport(swapped)).rejects.toThrow('exchanged on 2 of 2 rows');
  });

  test('missing and unknown columns', async () => {
    await expect(planImport(request('cases', 'a,b\n1,2\n'))).rejects.toThrow('no column for caseId');
    await expect(
      planImport(request('violations', csv, { told: { map: { kind: 'offence', sort: 'x' } } })),
    ).rejects.toThrow(/no field "sort".*no column "offence"/);
    await expect(planImport(request('violations', csv, { told: { map: { kind: 'offence' } } }))).rejects.toBeInstanceOf(
      MappingError,
    );
  });

  test('damage, told rather than a missing column', async () => {
    await expect(planImport(request('cases', 'x\n<<<<<<< HEAD\n'))).rejects.toBeInstanceOf(DamagedFile);
  });
});

test('the same file gives the same events; its rows in another order give the same set; no id is used twice', async () => {
  const row = fc.record({
    id: fc.integer({ min: 1, max: 30 }),
    day: fc.integer({ min: 1, max: 28 }),
    what: fc.constantFrom('sai phép', 'không phép', 'khác'),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 40 }), async (rows) => {
      const text = [
        'ma ho so,ngay,loai',
        ...rows.map(({ id, day, what }) => `${id},2021-07-${String(day).padStart(2, '0')},${what}`),
      ].join('\n');
      const [first, second] = [await take('violations', text), await take('violations', text)];
      expect(second.events).toEqual(first.events);
      const { summary, events } = first;
      expect(summary.accepted + summary.rejected + summary.folded).toBe(rows.length);
      expect(new Set(events.map(({ id }) => id)).size).toBe(events.length);
      expect(new Set(events.map(({ data }) => (data as { violationId: string }).violationId)).size).toBe(
        summary.accepted,
      );
    }),
    { numRuns: 40 },
  );
});

describe('interrupted', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'import-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  test('goes on after what was acknowledged: every event once, every reject once', async () => {
    const lines = Array.from({ length: 20_000 }, (_, index) =>
      index % 100 === 7 ? `${index},never` : `${index},2021-07-01`,
    );
    const text = ['ma ho so,ngay', ...lines].join('\n');
    const journal = new ImportJournal(join(folder, 'state.json'));
    const ids: string[] = [];
    const once = async (breakAfter: number) => {
      const plan = await planImport(request('violations', text));
      const earlier = journal.unfinished();
      const rejects = new RejectsFile(join(folder, 'rejects.csv'), plan.table.columns);
      rejects.open(earlier?.rejectsBytes);
      let batches = 0;
      try {
        return await runImport(
          plan,
          {
            send: async (events) => {
              if (++batches > breakAfter) throw new Error('cut');
              ids.push(...events.map(({ id }) => id));
              return { accepted: events.length, duplicates: 0, rejected: [] };
            },
            settled: (rows, checkpoint: Checkpoint) => {
              rejects.add(rows);
              journal.save({ done: false, rejectsBytes: rejects.size, checkpoint });
            },
          },
          earlier?.checkpoint,
        );
      } finally {
        rejects.close();
      }
    };
    await expect(once(2)).rejects.toThrow('cut');
    expect(ids.length).toBeGreaterThan(7000);
    const summary = await once(100);
    expect(summary).toMatchObject({ rows: 20_000, accepted: 19_800, rejected: 200, folded: 0, events: 19_800 });
    expect(new Set(ids).size).toBe(19_800);
    expect(ids.length).toBe(19_800);
    const written = readFileSync(join(folder, 'rejects.csv'), 'utf8').trim().split('\r\n');
    expect(written).toHaveLength(201);
    expect(written[1]).toMatch(/^9,ngay,never,"?not a date/);
  });

  test('what the door refuses is a rejected row, with the line of the file', async () => {
    const plan = await planImport(request('violations', 'ma ho so,ngay\nA,2021-07-01\nB,2021-07-02\n'));
    const rejected: RejectedRow[] = [];
    const summary = await runImport(plan, {
      send: async (events) => ({
        accepted: events.length - 1,
        duplicates: 0,
        rejected: [{ index: 1, field: 'data.kind', value: 'x', reason: 'no' }],
      }),
      settled: (rows) => rejected.push(...rows),
    });
    expect(summary).toMatchObject({ rows: 2, accepted: 1, rejected: 1 });
    expect(rejected[0]!.problems).toEqual([{ line: 3, column: 'data.kind', value: 'x', reason: 'no' }]);
  });
});
