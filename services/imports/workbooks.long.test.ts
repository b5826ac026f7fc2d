import { strToU8, zipSync } from 'fflate';
import { expect, test } from 'vitest';
import writeWorkbook from 'write-excel-file/node';
import '../services.ts';
import type { OutgoingEvent } from './import-event.ts';
import { rowKind } from './kinds.ts';
import { lookAtFile } from './look-at-file.ts';
import { MappingError } from './mapping.ts';
import { type ImportRequest, planImport } from './plan-import.ts';
import { type RejectedRow, runImport } from './run-import.ts';
import { textSource } from './table/source-bytes.ts';
import { DamagedFile } from './table/structural-damage.ts';
import { cellText } from './table/workbook-rows.ts';

const target = {
  district: 'q0',
  timeZone: 'Asia/Ho_Chi_Minh',
  clock: 'recorded' as const,
  centre: { lon: 106.72, lat: 10.74 },
  areas: [
    { areaId: 'dist', name: 'Quận Thử' },
    { areaId: 'w1', name: 'Phường An Phú', code: '30010' },
    { areaId: 'w2', name: 'Phường An Phủ', code: '30013' },
  ],
};

type Cell = string | number | boolean | Date | null;
const day = (text: string) => new Date(`${text}Z`);
/** Days and times as a spreadsheet keeps them: numbers with a format. */
const styled = (cell: Cell) => (cell instanceof Date ? { value: cell, type: Date, format: 'dd/mm/yyyy hh:mm' } : cell);
const workbook = async (...sheets: [name: string, rows: Cell[][]][]): Promise<Uint8Array> =>
  writeWorkbook(sheets.map(([sheet, rows]) => ({ sheet, data: rows.map((row) => row.map(styled)) }))).toBuffer();

const request = (kind: string, bytes: Uint8Array, more: Partial<ImportRequest> = {}): ImportRequest => ({
  kind: rowKind(kind),
  source: textSource(bytes, 'f.xlsx'),
  sourceName: 'f.xlsx',
  target,
  ...more,
});

async function take(kind: string, bytes: Uint8Array, more: Partial<ImportRequest> = {}) {
  const events: OutgoingEvent[] = [];
  const rejected: RejectedRow[] = [];
  const plan = await planImport(request(kind, bytes, more));
  const summary = await runImport(plan, {
    send: async (batch) => {
      events.push(...batch);
      return { accepted: batch.length, duplicates: 0, rejected: [] };
    },
    settled: (rows) => rejected.push(...rows),
  });
  return { plan, summary, rejected, data: events.map(({ data }) => data as Record<string, unknown>) };
}

const cases: Cell[][] = [
  ['UBND QUẬN THỬ', null, null, null],
  ['Danh sách F0 ngày 10/08/2021', null, null, null],
  [null, null, null, null],
  ['Mã ca', 'Ngày dương tính', 'Phường', 'Tuổi'],
  ['C-1', day('2021-08-03T00:00'), 'An Phú', 34],
  ['C-2', day('2021-08-10T00:00'), 'Phường An Phủ', 7],
  ['C-3', day('2021-08-10T00:00'), 'Phường Khác', null],
  ['Người lập: N.V.A', null, null, null],
];

test('a line list as a workbook: its days are days, whatever order they are shown in; what is refused is named by its row', async () => {
  const { data, rejected, plan, summary } = await take('cases', await workbook(['Sheet1', cases]));
  expect(data).toMatchObject([
    { caseId: 'C-1', confirmedDate: '2021-08-03', areaId: 'w1', ageYears: 34 },
    { caseId: 'C-2', confirmedDate: '2021-08-10', areaId: 'w2', ageYears: 7 },
  ]);
  expect(rejected.map(({ problems }) => [problems[0]!.line, problems[0]!.value])).toEqual([
    [7, 'Phường Khác'],
    [8, 'Người lập: N.V.A'],
  ]);
  expect(plan.findings.map(({ en }) => en)).toEqual([
    'The column names stand on line 4; 2 lines above them were not read ("UBND QUẬN THỬ")',
  ]);
  expect(summary).toMatchObject({ accepted: 2, rejected: 2 });
});

test('numbers are what the workbook keeps, and nobody asks how they are written', async () => {
  const rows: Cell[][] = [
    ['Phường', 'Dân số', 'Năm'],
    ['An Phú', 12000, day('2021-01-01T00:00')],
    ['An Phủ', 38450, day('2021-01-01T00:00')],
  ];
  const { data } = await take('population', await workbook(['Dân số', rows]), { told: { map: { validFrom: 'Năm' } } });
  expect(data.map(({ people }) => people)).toEqual([12000, 38450]);
});

const caseRows = (...days: (string | Date)[]): Cell[][] => [
  ['Mã ca', 'Ngày dương tính', 'Phường'],
  ...days.map((one, index): Cell[] => [`C-${index}`, one, 'An Phú']),
];
test('a spreadsheet set to month/day has exchanged the days up to 12 and left the others as text: that is seen, and asked', async () => {
  const exchanged = caseRows(day('2021-05-08T00:00'), '13/08/2021', day('2021-09-08T00:00'), '25/08/2021');
  const refused = await planImport(request('cases', await workbook(['1', exchanged]))).catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(MappingError);
  expect((refused as MappingError).words[0]!.en).toContain('line 2) is one up to 12');
  expect((refused as MappingError).words[0]!.vi).toContain('đổi chỗ ngày và tháng');
  const told = await take('cases', await workbook(['1', exchanged]), { dayOrder: 'dmy' });
  expect(told.data.map(({ confirmedDate }) => confirmedDate)).toEqual([
    '2021-05-08',
    '2021-08-13',
    '2021-09-08',
    '2021-08-25',
  ]);
});
test.each([
  ['a day above 12 that it understood', [day('2021-08-05T00:00'), '13/08/2021', day('2021-08-14T00:00')]],
  ['a day up to 12 that it left as text', [day('2021-08-05T00:00'), '13/08/2021', '06/08/2021']],
  ['no text', [day('2021-08-05T00:00'), day('2021-08-06T00:00')]],
  ['no day that it understood', ['13/08/2021', '14/08/2021']],
])('nothing is suspected with %s', async (_what, days) => {
  expect((await take('cases', await workbook(['1', caseRows(...days)]))).data).toHaveLength(days.length);
});

test('cells as they would be typed', () => {
  expect(
    [null, 'An Phú', 'hai\r\n dòng', 'e\u0302', true, 12000, 12.5, 12.345, 0.1234, 301235000000].map(cellText),
  ).toEqual(['', 'An Phú', 'hai dòng', 'ê', 'TRUE', '12000', '12.5', '12.3450', '0.1234', '301235000000']);
  expect(
    ['2021-08-03T00:00:00.000', '2021-08-03T07:29:59.999', '1899-12-31T07:30:00.000'].map((text) =>
      cellText(day(text)),
    ),
  ).toEqual(['2021-08-03', '2021-08-03 07:30:00', '07:30:00']);
});

test('an id that the spreadsheet has destroyed is destroyed in its workbook too', async () => {
  const rows: Cell[][] = [
    ['Mã ca', 'Ngày dương tính', 'Phường'],
    [3.01235e21, day('2021-08-03T00:00'), 'An Phú'],
    ['C-2', day('2021-08-03T00:00'), 'An Phú'],
  ];
  const { data, rejected } = await take('cases', await workbook(['1', rows]));
  expect(data.map(({ caseId }) => caseId)).toEqual(['C-2']);
  expect(rejected[0]!.problems[0]!.reason).toMatch(/spreadsheet/);
});

test('of several sheets the one with the columns of the kind is read; two of them, or none, and it is asked', async () => {
  const notes: Cell[][] = [['Hướng dẫn'], ['Mỗi ca một dòng']];
  const guide = await workbook(['Hướng dẫn', notes], ['Ca bệnh', cases], ['Trống', [[null]]]);
  const { data, plan } = await take('cases', guide);
  expect(data).toHaveLength(2);
  expect(plan.findings[0]).toEqual({
    en: 'Sheet "Ca bệnh" is read, and not the 1 other(s)',
    vi: 'Đọc trang "Ca bệnh", không đọc 1 trang khác',
  });
  const months = await workbook(['Tháng 7', cases.toSpliced(5, 1)], ['Tháng 8', cases]);
  const asked = await planImport(request('cases', months)).catch((error: unknown) => error);
  expect(asked).toBeInstanceOf(MappingError);
  expect((asked as MappingError).words).toEqual([
    {
      en: '2 sheets hold something: say which with --sheet NAME, of Tháng 7, Tháng 8',
      vi: 'có 2 trang có dữ liệu: hãy chỉ trang bằng --sheet TÊN, trong Tháng 7, Tháng 8',
    },
  ]);
  expect(await lookAtFile(request('cases', months))).toMatchObject({
    rows: 0,
    questions: [{ asks: 'sheet', sheets: ['Tháng 7', 'Tháng 8'], words: { vi: 'có 2 trang có dữ liệu' } }],
  });
  expect(await lookAtFile(request('cases', months, { sheet: 'Tháng 8' }))).toMatchObject({ rows: 4, questions: [] });
  expect((await take('cases', months, { sheet: 'Tháng 7' })).data).toHaveLength(1);
  expect((await take('cases', months, { sheet: 'Tha\u0301ng 8' })).data).toHaveLength(2);
  await expect(planImport(request('cases', months, { sheet: 'Tháng 9' }))).rejects.toThrow('no sheet "Tháng 9"');
});

const zip = (files: Record<string, string>) =>
  zipSync(Object.fromEntries(Object.entries(files).map(([name, text]) => [name, strToU8(text)])));
/** A packed file whose list says another size of its second part. */
function sized(bytes: number): Uint8Array {
  const packed = Buffer.from(zip({ 'xl/workbook.xml': '<a/>', 'xl/worksheets/sheet1.xml': '<a/>'.repeat(100_000) }));
  packed.writeUInt32LE(bytes, packed.lastIndexOf('PK\u0001\u0002') + 24);
  return packed;
}
const broken: [string, () => Promise<Uint8Array> | Uint8Array, RegExp][] = [
  ['cut off', async () => (await workbook(['a', cases])).subarray(0, 2000), /cut off or damaged/],
  ['another packed file', () => zip({ mimetype: 'application/vnd.oasis.opendocument.spreadsheet' }), /no workbook/],
  ['no workbook inside', () => zip({ 'xl/workbook.xml': '<a' }), /cannot be read/],
  ['empty', async () => workbook(['a', [[null]]]), /no sheet of the workbook holds anything/],
  ['of Excel 97', () => new Uint8Array([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]), /\.xls\)/],
  ['that says it unpacks to more than the memory', () => sized(129 * 2 ** 20), /holds 130 MB unpacked, at most 128/],
  ['that unpacks to more than it says', () => sized(8), /cannot be read/],
];
test.each(broken)('a workbook is refused whole, in both languages: %s', async (_what, make, reason) => {
  const error = await planImport(request('cases', await make())).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(DamagedFile);
  expect((error as DamagedFile).words[0]!.en).toMatch(reason);
  expect((error as DamagedFile).words[0]!.vi).toMatch(/tệp|bảng tính/);
});
