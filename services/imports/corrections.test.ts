import '../services.ts';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { CellCorrection } from '#contracts/http/imports.ts';
import type { OutgoingEvent } from './import-event.ts';
import { rowKind } from './kinds.ts';
import { lookAtFile } from './look-at-file.ts';
import { MappingError } from './mapping.ts';
import { type ImportRequest, planImport } from './plan-import.ts';
import { type RejectedRow, runImport, type ToldOfRows } from './run-import.ts';
import { textSource } from './table/source-bytes.ts';

const target = {
  district: 'q7',
  timeZone: 'Asia/Ho_Chi_Minh',
  clock: 'live' as const,
  areas: [
    { areaId: 'q7-tan-phu', name: 'Phường Tân Phú' },
    { areaId: 'q7-tan-quy', name: 'Phường Tân Quy' },
  ],
};
const request = (kind: string, text: string, more: Partial<ImportRequest> = {}): ImportRequest => ({
  kind: rowKind(kind),
  source: textSource(text, 'file.csv'),
  sourceName: 'file.csv',
  target,
  ...more,
});

async function take(kind: string, text: string, corrections: CellCorrection[] = []) {
  const events: OutgoingEvent[] = [];
  const rejected: RejectedRow[] = [];
  const told: ToldOfRows = { folded: [], born: [] };
  const summary = await runImport(await planImport(request(kind, text, { corrections })), {
    send: async (batch) => {
      events.push(...batch);
      return { accepted: batch.length, duplicates: 0, rejected: [] };
    },
    settled: (rows, _, { folded, born }) => {
      rejected.push(...rows);
      told.folded.push(...folded);
      told.born.push(...born);
    },
  });
  return { summary, events, told, problems: rejected.flatMap(({ problems }) => problems) };
}

const cases = 'Mã ca,Phường,Ngày xác định\nc1,Tân Phú,2021-07-15\nc2,Tân Hưng,2021-13-15\nc1,Tân Phú,2021-07-15\n';

test('a mended cell is read in place of the one of the file, and judged by the same rules', async () => {
  const first = await take('cases', cases);
  expect(first.problems.map(({ line, column, value }) => [line, column, value])).toEqual([
    [3, 'Ngày xác định', '2021-13-15'],
    [3, 'Phường', 'Tân Hưng'],
  ]);
  const half = await take('cases', cases, [{ line: 3, column: 'Phường', value: 'Tân Quy' }]);
  expect(half.problems).toMatchObject([{ line: 3, column: 'Ngày xác định', value: '2021-13-15' }]);
  const again = await take('cases', cases, [
    { line: 3, column: 'Phường', value: 'Tân Quy' },
    { line: 3, column: 'Ngày xác định', value: '2021-14-15' },
  ]);
  expect(again.problems).toMatchObject([{ line: 3, column: 'Ngày xác định', value: '2021-14-15' }]);
  const { problems, events, summary } = await take('cases', cases, [
    { line: 3, column: 'Phường', value: 'Tân Quy' },
    { line: 3, column: 'Ngày xác định', value: 'never' },
    { line: 3, column: 'Ngày xác định', value: '2021-07-16' },
  ]);
  expect(problems).toEqual([]);
  expect(summary).toMatchObject({ rows: 3, accepted: 2, rejected: 0, folded: 1 });
  expect(events.at(-1)!.data).toEqual({ caseId: 'c2', areaId: 'q7-tan-quy', confirmedDate: '2021-07-16' });
});

test('a repeated line is told with the line that it repeats, and what is new by its number', async () => {
  const { told } = await take('cases', cases);
  expect(told).toEqual({ folded: [{ line: 4, sameAs: 2 }], born: ['c1'] });
  // A mended copy is none any more.
  const mended = await take('cases', cases, [{ line: 4, column: 'Mã ca', value: 'c3' }]);
  expect(mended.told).toEqual({ folded: [], born: ['c1', 'c3'] });
});

test('what has come to its end cannot be taken back, and what was told before is not new', async () => {
  const violations = 'ma ho so,ngay,loai,trang thai\nA,2021-07-01,sai phép,\nB,2021-07-01,sai phép,da dong\n';
  expect((await take('violations', violations)).told.born).toEqual(['A']);
  const population = 'ma phuong,dan so,tu ngay\nq7-tan-phu,12000,2021-07-01\n';
  expect((await take('population', population)).told.born).toEqual([]);
});

test('a correction that finds no cell refuses the file', async () => {
  const correct = (line: number, column: string) => take('cases', cases, [{ line, column, value: 'x' }]);
  await expect(correct(3, 'Tuổi')).rejects.toThrow(MappingError);
  await expect(correct(9, 'Mã ca')).rejects.toThrow(/no row to correct on line 9/);
  // Line 1 has the names of the columns.
  await expect(correct(1, 'Mã ca')).rejects.toThrow(/line 1/);
});

test('any mending leaves the other cells as they are', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.integer({ min: 2, max: 6 }), fc.constantFrom('e1', 'e2'))),
      async (mended) => {
        const rows = [2, 3, 4, 5, 6].map((line) => `id${line},2021-07-0${line}`);
        const corrections = mended.map(([line, value]) => ({ line, column: 'ma ca', value: `${value}-${line}` }));
        const { events } = await take('cases', `ma ca,ngay xac dinh\n${rows.join('\n')}\n`, corrections);
        const last = new Map(mended.map(([line, value]) => [line, `${value}-${line}`]));
        expect(events.map(({ data }) => data)).toEqual(
          [2, 3, 4, 5, 6].map((line) => ({ caseId: last.get(line) ?? `id${line}`, confirmedDate: `2021-07-0${line}` })),
        );
      },
    ),
  );
});

test('a look tells columns, what is taken for what and why, and asks what a form can answer', async () => {
  const look = await lookAtFile(
    request(
      'cases',
      'Mã ca,Phường,Ngày xác định,Vị trí nhà\nc1,Tân Phú,01/02/2021,"10.73, 106.72"\nc2,,02/03/2021,"10.74, 106.73"\n',
    ),
  );
  expect(look.rows).toBe(2);
  expect(look.columns[2]).toEqual({ name: 'Ngày xác định', samples: ['01/02/2021', '02/03/2021'] });
  const of = (name: string) => look.fields.find(({ field }) => field === name);
  expect(of('caseId')).toEqual({ field: 'caseId', required: true, column: 'Mã ca', evidence: 'name' });
  expect(of('location')).toMatchObject({ column: 'Vị trí nhà', evidence: 'cells' });
  expect(of('ageYears')).toEqual({ field: 'ageYears', required: false });
  expect(look.questions).toEqual([
    {
      asks: 'date-format',
      field: 'confirmedDate',
      column: 'Ngày xác định',
      line: 2,
      words: {
        en: 'no date in the column tells whether day or month stands first',
        vi: 'không ngày nào trong cột cho biết ngày hay tháng đứng trước',
      },
    },
  ]);
  const told = await lookAtFile(
    request('cases', 'a,b\nc1,01/02/2021\n', { told: { map: { caseId: 'a', confirmedDate: 'b' } }, dayOrder: 'dmy' }),
  );
  expect(told.questions).toEqual([]);
  expect(told.dateFormats).toEqual([{ field: 'confirmedDate', format: 'dmy' }]);
  expect(told.fields[0]).toMatchObject({ column: 'a', evidence: 'told' });
  expect(told.placeless).toBe(true);
});

test('a column that is missing, or one of several, is asked for without a word of the command line', async () => {
  const asked = async (kind: string, text: string) => (await lookAtFile(request(kind, text))).questions;
  const missing = await asked('cases', 'x,y\n1,2\n');
  expect(missing.map(({ asks, field }) => [asks, field])).toEqual([
    ['column', 'caseId'],
    ['column', 'confirmedDate'],
  ]);
  const several = await asked(
    'capacity',
    'ma co so,ten,loai,ngay,giuong ke hoach,giuong thuc ke,giuong dang dung\na,b,benh vien,2021-07-01,1,2,1\n',
  );
  expect(several).toMatchObject([
    { asks: 'column', field: 'bedsTotal', columns: ['giuong ke hoach', 'giuong thuc ke'] },
  ]);
  const numbers = await asked('population', 'ma phuong,dan so,tu ngay\nA,12.000,2021-07-01\n');
  expect(numbers).toMatchObject([{ asks: 'number-format', column: 'dan so', line: 2 }]);
  expect(JSON.stringify([missing, several, numbers])).not.toContain('--');
  await expect(lookAtFile(request('cases', 'x\n1\n', { told: { map: { caseId: 'z' } } }))).rejects.toThrow(
    MappingError,
  );
});

test('a date that is none in either order costs its row, and asks nothing of the others', async () => {
  const { summary, problems } = await take('cases', 'Mã ca,Ngày xác định\nc1,20/11/2020\nc2,31/13/2020\n');
  expect(summary).toMatchObject({ accepted: 1, rejected: 1 });
  expect(problems).toMatchObject([{ line: 3, value: '31/13/2020' }]);
});

test('what somebody types is no evidence of how the file writes its days', async () => {
  const text = 'Mã ca,Ngày xác định\nc1,20/11/2020\nc2,21/11/2020\nc3,never\n';
  for (const value of ['2020-11-05', '2020-11-25', '5/11/2020']) {
    const { summary } = await take('cases', text, [{ line: 4, column: 'Ngày xác định', value }]);
    expect(summary).toMatchObject({ accepted: 3, rejected: 0 });
  }
});
