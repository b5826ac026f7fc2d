import '../services.ts';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ImportReport } from '#contracts/http/imports.ts';
import type { App } from '#platform/app.ts';
import { createMetrics } from '#platform/metrics.ts';
import { get, post } from '#platform/testing/requests.ts';
import { silentLog } from '#platform/testing/servers.ts';
import type { ServiceUnderTest } from '#platform/testing/service.ts';
import { openTestDistrict } from '../district/testing/district.ts';
import { allRows, startEpidemic } from '../epidemic/testing/service.ts';
import { createIntake } from '../intake/app.ts';
import { importSource } from './import-event.ts';

let folder: string;
let service: ServiceUnderTest;
let door: App;
let minutes = 0;
const now = () => new Date(Date.UTC(2026, 10, 28, 2, minutes));
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'imports-'));
  service = await startEpidemic(now);
  let number = 0;
  door = createIntake({
    appender: service.parts.appender,
    rules: () => ({ clock: 'live', exercise: true, timeZone: 'Asia/Ho_Chi_Minh' }),
    now,
    log: silentLog,
    metrics: createMetrics('handed-in-again-test'),
    ready: async () => {},
    imports: {
      target: async (district) => ({
        district,
        timeZone: 'Asia/Ho_Chi_Minh',
        clock: 'live',
        areas: ['W1', 'W2', 'W3'].map((areaId) => ({ areaId, name: areaId })),
      }),
      heard: ({ district, source, through }) =>
        get<unknown>(
          service,
          `/heard?district=${district}&source=${encodeURIComponent(source)}&through=${through}`,
        ) as Promise<string[]>,
      folder,
      newId: () => `import-${++number}`,
      waitMs: 60_000,
    },
  });
});
afterAll(async () => {
  await service.stop();
  rmSync(folder, { recursive: true });
});

/** A file is handed in, five minutes after what was before. */
async function handIn(
  district: string,
  kind: string,
  csv: string,
  query = '',
  name = 'list.csv',
): Promise<ImportReport> {
  minutes += 5;
  const response = await door.request(`/api/imports/${kind}?district=${district}&source=${name}${query}`, {
    method: 'POST',
    body: csv,
    headers: { 'content-type': 'text/csv' },
  });
  expect(response.status).toBe(200);
  const report = (await response.json()) as ImportReport;
  expect(report).toMatchObject({ state: 'done', rejected: 0 });
  return report;
}
/** How many events the journal has; what was handed in last is in the rows. */
async function journalled(district: string): Promise<number> {
  const { state } = await service.parts.broker.manager.streams.info(`VX_${district}`);
  expect(await service.projections[0]!.reached(district, state.last_seq, 60_000)).toBe(true);
  return state.messages;
}
const caseOf = (district: string, caseId: string) => get(service, `/api/epidemic/cases/${caseId}?district=${district}`);
const typed = async (district: string, caseId: string, what: string, body: object) => {
  minutes += 5;
  expect((await post(service, `/api/epidemic/cases/${caseId}/${what}?district=${district}`, body)).status).toBe(201);
};

test('a line list each day: what is the same is no event, what is another has its effect, also back to what it was', async () => {
  const district = await openTestDistrict(service, { clock: 'live' });
  const head = 'Mã ca,Phường,Tuổi,Ngày xác định,Tình trạng\n';
  const [r1, r2] = ['R-1,W1,40,2026-11-20,Đang điều trị\n', 'R-2,W2,7,2026-11-21,\n'];
  expect(await handIn(district, 'cases', head + r1 + r2)).toMatchObject({ accepted: 2, unchanged: 0, events: 2 });
  expect(await journalled(district)).toBe(2);
  // The same bytes, and the rows in another order.
  for (const again of [head + r1 + r2, head + r2 + r1])
    expect(await handIn(district, 'cases', again)).toMatchObject({ accepted: 2, unchanged: 2, events: 0 });
  const rows = await allRows(service, district);
  expect(await journalled(district)).toBe(2);
  expect(rows.case_versions).toHaveLength(2);

  await typed(district, 'R-1', 'correction', { ageYears: 41, areaId: 'W3' });
  await typed(district, 'R-1', 'status', { status: 'hospitalised' });
  const dead = r1.replace('Đang điều trị', 'Tử vong');
  expect(await handIn(district, 'cases', head + dead + r2)).toMatchObject({ accepted: 2, unchanged: 1, events: 1 });
  await journalled(district);
  expect(await caseOf(district, 'R-1')).toMatchObject({ status: 'deceased', ageYears: 41, areaId: 'W3' });

  // A, B, A: the list takes it back.
  expect(await handIn(district, 'cases', head + r1 + r2)).toMatchObject({ unchanged: 1, events: 1, duplicates: 0 });
  await journalled(district);
  expect(await caseOf(district, 'R-1')).toMatchObject({ status: 'active', ageYears: 41, areaId: 'W3' });
  expect(await handIn(district, 'cases', head + r1 + r2)).toMatchObject({ unchanged: 2, events: 0 });

  const live = await allRows(service, district);
  for (const batchEntries of [1, 1000]) {
    await service.rebuild(district, batchEntries);
    expect(await allRows(service, district)).toEqual(live);
  }
});

test('published counts that are revised and revised back are as the last file has them', async () => {
  const district = await openTestDistrict(service, { clock: 'live' });
  const file = (cases: number) => `Phường,Ngày,Số ca\nW1,2026-11-20,${cases}\nW1,2026-11-21,4\n`;
  const shown = async () => {
    await journalled(district);
    const { rows } = await service.parts.database.query(
      `SELECT cases FROM epidemic.count_versions WHERE district = $1 AND known_until = 'infinity' AND period_end = '2026-11-20'`,
      [district],
    );
    return rows;
  };
  for (const [cases, events] of [
    [10, 2],
    [12, 1],
    [10, 1],
    [10, 0],
  ] as const) {
    expect(await handIn(district, 'case-counts', file(cases), '&periodDays=1')).toMatchObject({ accepted: 2, events });
    expect(await shown()).toEqual([{ cases }]);
  }
});

test('a trial says how many rows are the same, and what a source has said can be asked for', async () => {
  const district = await openTestDistrict(service, { clock: 'live' });
  const csv = 'Mã ca,Phường,Ngày xác định\nA,W1,2026-11-20\n';
  await handIn(district, 'cases', csv);
  const trial = await handIn(district, 'cases', `${csv}B,W1,2026-11-20\n`, '&dryRun=true');
  expect(trial).toMatchObject({ accepted: 2, unchanged: 1, events: 1 });
  const source = encodeURIComponent(importSource('cases', 'list.csv'));
  const said = await door.request(`/api/imports/cases/said?district=${district}&source=${source}`);
  expect(await said.json()).toEqual([expect.stringMatching(/^[0-9a-f]{32}$/)]);
  expect((await door.request('/api/imports/cases/said?district=q7')).status).toBe(422);
});

test('a figure that was typed between two files of other names stays, until a file says another than the one before', async () => {
  const district = await openTestDistrict(service, { clock: 'live' });
  const ask = async (path: string, body: object) => {
    minutes += 5;
    expect((await post(service, `/api/epidemic/${path}?district=${district}`, body)).status).toBe(201);
  };
  const standing = async () => {
    await journalled(district);
    const { rows } = await service.parts.database.query(
      `SELECT cases AS figure FROM epidemic.count_versions WHERE district = $1 AND known_until = 'infinity'
       UNION ALL SELECT one_dose FROM epidemic.vaccination_versions WHERE district = $1 AND known_until = 'infinity'`,
      [district],
    );
    return rows.map(({ figure }) => Number(figure));
  };
  const counts = (cases: number) => `Phường,Ngày,Số ca\nW1,2026-11-20,${cases}\n`;
  const doses = (people: number) => `Phường,as of date,mui 1,du mui\nW1,2026-11-20,${people},2\n`;
  const files = async (day: string, cases: number, people: number) => {
    const one = await handIn(district, 'case-counts', counts(cases), '&periodDays=1', `counts-${day}.csv`);
    const other = await handIn(district, 'vaccination', doses(people), '', `doses-${day}.csv`);
    return [one.unchanged, other.unchanged];
  };
  expect(await files('mon', 10, 30)).toEqual([0, 0]);
  const day = { areaId: 'W1', periodStart: '2026-11-20', periodEnd: '2026-11-20' };
  await ask('counts', { ...day, measure: 'new-cases', cases: 12 });
  await ask('vaccination', { areaId: 'W1', asOfDate: '2026-11-20', peopleAtLeastOneDose: 33, peopleFullCourse: 2 });
  expect(await standing()).toEqual([12, 33]);
  expect(await files('tue', 10, 30)).toEqual([1, 1]);
  expect(await standing()).toEqual([12, 33]);
  expect(await files('wed', 11, 31)).toEqual([0, 0]);
  expect(await standing()).toEqual([11, 31]);
  // A file that adopts what was typed, and one that returns to the figure before it.
  await ask('counts', { ...day, measure: 'new-cases', cases: 15 });
  await ask('vaccination', { areaId: 'W1', asOfDate: '2026-11-20', peopleAtLeastOneDose: 35, peopleFullCourse: 2 });
  expect(await files('thu', 15, 35)).toEqual([0, 0]);
  expect(await files('fri', 11, 31)).toEqual([0, 0]);
  expect(await standing()).toEqual([11, 31]);
});
