import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import '../services.ts';
import { byteOrderMark, csvLine, spreadsheetCell } from './csv-line.ts';
import type { OutgoingEvent } from './import-event.ts';
import { rowKind } from './kinds.ts';
import { lookAtFile } from './look-at-file.ts';
import { MappingError } from './mapping.ts';
import { type ImportRequest, planImport } from './plan-import.ts';
import { RejectsFile } from './rejects-file.ts';
import { type RejectedRow, runImport } from './run-import.ts';
import { openTable } from './table/open-table.ts';
import { textSource } from './table/source-bytes.ts';
import { DamagedFile } from './table/structural-damage.ts';
import { unwrapped } from './values/spreadsheet-cell.ts';

const target = {
  district: 'q0',
  timeZone: 'Asia/Ho_Chi_Minh',
  clock: 'recorded' as const,
  centre: { lon: 106.72, lat: 10.74 },
  areas: [
    { areaId: 'dist', name: 'Quận Thử' },
    { areaId: 'w1', name: 'Phường An Phú', code: '30010' },
    { areaId: 'w2', name: 'Phường An Phủ', code: '30013' },
    { areaId: 'w3', name: 'Phường Hòa Thạnh', code: '30016' },
    { areaId: 'w4', name: 'Phường 01', code: '30019' },
    { areaId: 'w12', name: 'Phường 12', code: '30022' },
  ],
};

const request = (kind: string, text: string | Uint8Array, more: Partial<ImportRequest> = {}): ImportRequest => ({
  kind: rowKind(kind),
  source: textSource(text, 'f.csv'),
  sourceName: 'f.csv',
  target,
  ...more,
});

async function take(kind: string, text: string | Uint8Array, more: Partial<ImportRequest> = {}) {
  const events: OutgoingEvent[] = [];
  const rejected: RejectedRow[] = [];
  const plan = await planImport(request(kind, text, more));
  const summary = await runImport(plan, {
    send: async (batch) => {
      events.push(...batch);
      return { accepted: batch.length, duplicates: 0, rejected: [] };
    },
    settled: (rows) => rejected.push(...rows),
  });
  return {
    plan,
    summary,
    data: events.map(({ data }) => data as Record<string, unknown>),
    problems: rejected.flatMap(({ problems }) => problems),
  };
}

async function refusal(kind: string, text: string, more: Partial<ImportRequest> = {}): Promise<MappingError> {
  const error = await planImport(request(kind, text, more)).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(MappingError);
  return error as MappingError;
}

const people = (...numbers: string[]) =>
  `Phường;Dân số;Từ ngày\n${numbers.map((number, index) => `${30010 + index * 3};"${number}";2024-01-0${index + 1}`).join('\n')}\n`;
const counted = async (...numbers: string[]) =>
  (await take('population', people(...numbers))).data.map((data) => data.people);

describe('numbers: the convention of a column is seen in the whole column', () => {
  test.each([
    [
      ['12.000', '38.450', '25.120'],
      [12_000, 38_450, 25_120],
    ],
    [
      ['12,000', '38,450'],
      [12_000, 38_450],
    ],
    [
      ['1.234.000', '12.000'],
      [1_234_000, 12_000],
    ],
    [
      ['1 234', '12 000', '850'],
      [1234, 12_000, 850],
    ],
    [
      ['1\u00a0234', '12\u202f000'],
      [1234, 12_000],
    ],
    [
      ['27613.09', '1204'],
      [27_613, 1204],
    ],
    [
      ['27613,09', '1204'],
      [27_613, 1204],
    ],
    [
      ['12.000,0', '1.000'],
      [12_000, 1000],
    ],
    [
      ['12000', '35000'],
      [12_000, 35_000],
    ],
  ])('%j are %j people', async (numbers, expected) => {
    expect(await counted(...numbers)).toEqual(expected);
  });

  test('the Swiss apostrophe makes groups too', async () => {
    expect(await counted("12'000", '1’234.0')).toEqual([12_000, 1234]);
  });

  test.each([
    [['12.000', '35.000'], '"12.000" (line 2) may be 12000 or 12'],
    [['850', '12,000'], '"12,000" (line 3) may be 12 or 12000'],
    [['38.450', '1,234'], 'in two ways, "38.450" (line 2) and "1,234" (line 3)'],
    [['38.45', '12'], '"38.45" (line 2) is no whole number in a column of counts'],
    [['5.0', '12.000'], '"12.000" (line 3) may be 12000 or 12'],
  ])('%j are asked about', async (numbers, reason) => {
    const { reasons, words } = await refusal('population', people(...numbers));
    expect(reasons).toEqual([expect.stringMatching(/^column "Dân số", .*--number-format/)]);
    expect(reasons[0]).toContain(reason);
    expect(words[0]!.vi).toMatch(/^cột "Dân số", .*--number-format/);
  });

  test('what the caller says decides; a cell that does not fit it is refused', async () => {
    const said = await take('population', people('12.000', '35,5', '7'), { numberFormat: 'vi' });
    expect(said.data.map((data) => data.people)).toEqual([12_000, 7]);
    expect(said.problems).toMatchObject([
      { line: 3, column: 'Dân số', value: '35,5', reason: expect.stringContaining('not a whole number') },
    ]);
    const english = await take('population', people('12.000'), { numberFormat: 'en' });
    expect(english.data.map((data) => data.people)).toEqual([12]);
  });

  test('an open column follows the others of the file', async () => {
    const rows = (rate: string, cases: string) =>
      `Phường;Từ ngày;Đến ngày;Số ca;Tỷ lệ\nw1;2024-01-01;2024-01-07;${cases};${rate}\n`;
    const { data } = await take('case-counts', rows('12,5', '1.000'));
    expect(data).toMatchObject([{ cases: 1000, ratePer100k: 12.5 }]);
    const { reasons } = await refusal('case-counts', rows('12.5', '1.000'));
    expect(reasons).toEqual([expect.stringContaining('"1.000" (line 2) may be 1000 or 1')]);
    expect((await refusal('case-counts', rows('1.234', '7'))).reasons).toEqual([
      expect.stringContaining('"1.234" (line 2) may be 1234 or 1.234'),
    ]);
  });

  test('a count with a fraction is refused and not rounded, in every kind', async () => {
    const beds = 'Mã cơ sở,Tên,Loại,Thời điểm,Tổng giường,Giường đang dùng\nb,B,Bệnh viện,2024-01-01,"1.250",';
    expect((await take('capacity', `${beds}700\n`)).data).toMatchObject([{ bedsTotal: 1250 }]);
    const { problems } = await take('capacity', `${beds}7.5\n`, { numberFormat: 'en' });
    expect(problems).toMatchObject([{ column: 'Tổng giường', value: '1.250' }, { column: 'Giường đang dùng' }]);
    const shop = (employees: string) =>
      `Mã số thuế,Tên,Ngày đăng ký,Phường,Số lao động\n0301,A,2024-01-05,w1,${employees}\n0302,B,2024-01-06,w1,12\n`;
    expect((await take('businesses', shop('1.234'))).data).toMatchObject([{ employees: 1234 }, { employees: 12 }]);
    const doses = (one: string) => `Phường,Ngày,Mũi 1,Mũi 2\nw1,2024-01-05,${one},900\n`;
    expect((await take('vaccination', doses('1.234'))).data).toMatchObject([{ peopleAtLeastOneDose: 1234 }]);
    expect((await refusal('vaccination', doses('1.000'))).reasons[0]).toContain('column "Mũi 1"');
  });
});

describe('counts that are held back', () => {
  test.each(['<5', '1-4', '1–4', '≤10', '*', 'Ẩn', '< 5', 'n<5', '.', 'dưới 5', '<5 (ẩn)', '[c]', 'suppressed'])(
    '%s is suppressed, neither zero nor its bound',
    async (mask) => {
      const { data, problems } = await take(
        'case-counts',
        `Phường,Từ ngày,Đến ngày,Số ca\nw1,2024-01-01,2024-01-07,${mask}\nw2,2024-01-01,2024-01-07,12\nw3,2024-01-01,2024-01-07,0\n`,
      );
      expect(problems).toEqual([]);
      expect(data).toMatchObject([
        { cases: null, suppressed: true, note: expect.stringContaining(mask) },
        { cases: 12 },
        { cases: 0 },
      ]);
      expect(data[1]).not.toHaveProperty('suppressed');
    },
  );

  test('a bound from below, a range that is none, and a count without such a place are refused', async () => {
    const row = (cell: string) => `Phường,Từ ngày,Đến ngày,Số ca\nw1,2024-01-01,2024-01-07,${cell}\n`;
    for (const cell of ['>5', '9-4', 'nhiều', '-3', '4-Jan', '1.2E+03', '#N/A'])
      expect((await take('case-counts', row(cell))).problems).toMatchObject([{ column: 'Số ca', value: cell }]);
    const { problems } = await take('population', people('<5'));
    expect(problems).toMatchObject([{ value: '<5', reason: expect.stringContaining('the count itself is needed') }]);
    const { data } = await take('vaccination', 'Phường,Ngày,Mũi 1,Mũi 2\nw1,2024-01-05,<10,0\n');
    expect(data).toMatchObject([
      { peopleAtLeastOneDose: null, peopleFullCourse: 0, note: expect.stringContaining('<10') },
    ]);
  });

  test('a masked count is not reckoned from the rate beside it', async () => {
    const { data } = await take(
      'case-counts',
      'Phường,Từ ngày,Đến ngày,Số ca,rate,population\nw1,2024-01-01,2024-01-07,<5,20.5,10000\n',
    );
    expect(data).toMatchObject([{ cases: null, suppressed: true, ratePer100k: 20.5 }]);
  });
});

describe('ids that a spreadsheet has destroyed', () => {
  test.each([
    '3.01235E+11',
    '3,01235E+11',
    '4.892e+09',
    '3E+11',
    '1.5E-05',
    '2-Jan',
    '12.000',
    '#N/A',
    '#REF!',
    '#####',
  ])('%s is no id, of a business, a case, a violation or a person', async (id) => {
    const shops = `Mã số thuế,Tên,Ngày đăng ký,Phường\n"${id}",A,2024-01-05,w1\n"${id}",B,2024-01-06,w2\n0301235001,C,2024-01-06,w2\n`;
    const { data, problems } = await take('businesses', shops);
    expect(data.map(({ name }) => name)).toEqual(['C']);
    expect(problems).toMatchObject([
      { line: 2, column: 'Mã số thuế', value: id },
      { line: 3, column: 'Mã số thuế', value: id },
    ]);
    expect(problems.every(({ reasonVi }) => reasonVi?.includes('bảng tính') || reasonVi?.includes('có thể'))).toBe(
      true,
    );
    const patients = await take('cases', `Mã ca,Phường,Ngày xác nhận\n"${id}",w1,2024-01-05\n"${id}",w2,2024-01-06\n`);
    expect(patients.summary).toMatchObject({ accepted: 0, rejected: 2 });
    const files = await take('violations', `Mã hồ sơ,Phường,Ngày\n"${id}",w1,2024-01-05\n"${id}",w2,2024-01-06\n`);
    expect(files.summary).toMatchObject({ accepted: 0, rejected: 2 });
    const persons = await take(
      'vaccination',
      `Mã định danh,Phường,Mũi,Tuổi,Ngày tiêm\n"${id}",w1,1,30,2024-01-05\n"${id}",w1,1,60,2024-01-05\n`,
    );
    expect(persons.summary).toMatchObject({ accepted: 0, rejected: 2 });
  });

  test('what can be taken back is taken back', async () => {
    const ids = async (...cells: string[]) => {
      const rows = cells.map((cell, index) => `"${cell.replaceAll('"', '""')}",w1,2024-01-0${index + 1}`);
      return (await take('cases', `Mã ca,Phường,Ngày xác nhận\n${rows.join('\n')}\n`)).data.map(({ caseId }) => caseId);
    };
    const bare = 'Mã ca,Phường,Ngày xác nhận\n="0125",w1,2024-01-05\n';
    expect((await take('cases', bare)).data).toMatchObject([{ caseId: '0125' }]);
    const shop = await take('businesses', "MST,Tên,Ngày đăng ký,Phường\n'0126,'76 Gas,2024-01-05,w1\n");
    expect(shop.data).toMatchObject([{ businessId: '0126', name: "'76 Gas" }]);
    expect(await ids('="0123"', "'0124", '12345.0', '12346,0', '12E5')).toEqual([
      '0123',
      '0124',
      '12345',
      '12346',
      '12E5',
    ]);
  });

  test('digits behind the fifteenth that are all zeros were taken by the spreadsheet', async () => {
    const rows = (...ids: string[]) =>
      `Mã ca,Phường,Ngày xác nhận\n${ids.map((id, index) => `${id},w1,2024-01-0${index + 1}`).join('\n')}\n`;
    const lost = await take('cases', rows('1234567890123450000', '1234567890123460000', 'A-1'));
    expect(lost.summary).toMatchObject({ accepted: 1, rejected: 2 });
    expect(lost.problems[0]).toMatchObject({ reason: expect.stringContaining('15 digits') });
    expect((await take('cases', rows('1234567890123450', '1234567890123461'))).summary.accepted).toBe(2);
  });

  test('one number with and without its zeros is neither one thing nor two', async () => {
    const rows = (...ids: string[]) =>
      `Mã số thuế,Tên,Ngày đăng ký,Phường\n${ids.map((id, index) => `${id},T${index},2024-01-0${index + 1},w1`).join('\n')}\n`;
    const taken = await take('businesses', rows('0301235001', '301235001', '301235001', '0301235001'));
    expect(taken.data.map(({ businessId }) => businessId)).toEqual(['0301235001', '0301235001']);
    expect(taken.problems.map(({ line }) => line)).toEqual([3, 4]);
    expect((await take('businesses', rows('301', '0301', '301', '302'))).problems.map(({ line }) => line)).toEqual([3]);
  });

  test('an area code that lost or gained zeros, or was written as a number', async () => {
    const wards = {
      ...target,
      areas: [
        { areaId: 'a', name: 'A', code: '00307' },
        { areaId: 'b', name: 'B', code: '27490' },
      ],
    };
    const found = async (code: string) =>
      (
        await take('population', `Mã phường,Dân số,Từ ngày\n"${code.replaceAll('"', '""')}",5,2024-01-01\n`, {
          target: wards,
        })
      ).data.map(({ areaId }) => areaId);
    expect(await found('307')).toEqual(['a']);
    expect(await found('027490')).toEqual(['b']);
    expect(await found('27.490')).toEqual(['b']);
    expect(await found('="27490"')).toEqual(['b']);
    expect(await found("'00307")).toEqual(['a']);
    expect(await found('2.749E+04')).toEqual([]);
  });
});

describe('names of areas', () => {
  const find = async (name: string, column = 'phuong') => {
    const { data, problems, summary } = await take(
      'population',
      `${column},Dân số,Từ ngày\n"${name}",5,2024-01-01\n`,
      column === 'phuong' ? {} : { told: { map: { areaId: column } } },
    );
    return { areaId: data[0]?.areaId, reason: problems[0]?.reason, notes: summary.notes };
  };

  test.each([
    ['An Phú', 'w1'],
    ['an phủ', 'w2'],
    ['Phường An Phú, Quận Thử', 'w1'],
    ['Phường An Phú - Quận Thử', 'w1'],
    ['Phường An Phú (Quận Thử)', 'w1'],
    ['P. An Phú', 'w1'],
    ['P.An Phủ, Q. Thử, TP. Hồ Chí Minh', 'w2'],
    ['Hoà Thạnh', 'w3'],
    ['hoa thanh', 'w3'],
    ['Hòa Thạnh'.normalize('NFD'), 'w3'],
    ['Phường 1', 'w4'],
    ['P.1', 'w4'],
    ['P1', 'w4'],
    ['F.01', 'w4'],
    ['1', 'w4'],
    ['01', 'w4'],
    ['Ward 1', 'w4'],
    ['Ward No. 1', 'w4'],
    ['Phường số 01', 'w4'],
    ['1.0', 'w4'],
    ['Phường 01', 'w4'],
    ['P12', 'w12'],
    ['12', 'w12'],
  ])('%s is %s', async (name, areaId) => {
    expect((await find(name)).areaId).toBe(areaId);
  });

  test('accents left out where two names need them: asked, with both', async () => {
    expect((await find('An Phu')).reason).toMatch(/means 2 areas \(w1, w2\).*"Phường An Phú" \(w1\)/);
  });

  test('none: the nearest are named; another district is said', async () => {
    expect((await find('Hòa Thành Đông')).reason).toMatch(
      /no such area in this district; the nearest are "Phường Hòa Thạnh" \(w3\)/,
    );
    expect((await find('Phường 13')).reason).toContain('"Phường 12" (w12)');
    expect((await find('Phường An Phú, Quận 2')).reason).toContain('another district is named; this one is Quận Thử');
  });

  test('the district is known by its own name where no area is drawn for it', async () => {
    const areas = target.areas.filter(({ areaId }) => areaId !== 'dist');
    const row = (name: string) => `phuong,Dân số,Từ ngày\n"${name}",5,2024-01-01\n`;
    const find = async (name: string) =>
      (await take('population', row(name), { target: { ...target, areas, name: 'Quận Thử' } })).data.map(
        ({ areaId }) => areaId,
      );
    expect(await find('P. An Phú, Q. Thử')).toEqual(['w1']);
    expect(await find('P. An Phú, Q. 2')).toEqual([]);
  });

  test('wrong accents are taken where one name is left, and told', async () => {
    const { areaId, notes } = await find('Hòa Thành');
    expect(areaId).toBe('w3');
    expect(notes).toMatchObject([{ note: '"Hòa Thành" was taken for "Phường Hòa Thạnh"', rows: 1 }]);
  });

  test('a bare number is a ward only under a column of wards', async () => {
    expect((await find('1', 'Mã')).reason).toContain('no such area');
    expect((await find('KP 1')).areaId).toBeUndefined();
  });
});

describe('places', () => {
  const place = async (columns: string, cells: string, more: Partial<ImportRequest> = {}) => {
    const taken = await take('violations', `Mã hồ sơ;Ngày;${columns}\nK-1;2024-01-05;${cells}\n`, more);
    return { location: taken.data[0]?.location, problems: taken.problems, plan: taken.plan };
  };
  const here = { lon: 106.7051, lat: 10.7253 };

  test.each([
    ['_gps_latitude;_gps_longitude;_gps_altitude;_gps_precision', '10.7253;106.7051;0;4.9'],
    ['_Nơi thấy_latitude;_Nơi thấy_longitude', '10.7253;106.7051'],
    ['nhom/gps/latitude;nhom/gps/longitude', '10.7253;106.7051'],
    ['gps_lat;gps_lon', '10.7253;106.7051'],
    ['gps-Latitude;gps-Longitude', '10.7253;106.7051'],
    ['gpsLatitude;gpsLongitude', '10.7253;106.7051'],
    ['POINT_X;POINT_Y', '106.7051;10.7253'],
    ['SHAPE.X;SHAPE.Y', '106.7051;10.7253'],
    ['x;y', '106.7051;10.7253'],
    ['Vĩ độ (Y);Kinh độ (X)', '10.7253;106.7051'],
    ['lat_wgs84;lng_wgs84', '10,7253;106,7051'],
    ['vi do;kinh do', `"10°43'31.08""B";"106°42'18.36""Đ"`],
    ['gps', '10.7253 106.7051 0 4.9'],
    ['nhom/gps', '10.7253 106.7051 0 0'],
    ['Chỗ nào', '10.7253 106.7051 3 5'],
    ['g-gps-Latitude;g-gps-Longitude;g-gps-Altitude;g-gps-Accuracy', '10.7253;106.7051;0;5'],
    ['Vĩ độ;Kinh độ', `10°43'31.08"B;106°42'18.36"Đ`],
    ['Toạ độ công trình', '10.7253, 106.7051'],
    ['wkt', 'POINT (106.7051 10.7253)'],
    ['geometry', `"{""type"":""Point"",""coordinates"":[106.7051,10.7253]}"`],
    ['X_Coord;Y_Coord', '106.7051;10.7253'],
    ['location.latitude;location.longitude', '10.7253;106.7051'],
    ['vị trí', '10,7253 106,7051'],
    ['geopoint;_geopoint_latitude;_geopoint_longitude', '10.7253 106.7051 0 0;10.7253;106.7051'],
  ])('%s', async (columns, cells) => {
    const { location, problems } = await place(columns, cells);
    expect(problems).toEqual([]);
    expect(location).toEqual(here);
  });

  test('two places in a form, and two cells: it is asked which', async () => {
    const rows = (columns: string, cells: string) => `Mã hồ sơ;Ngày;${columns}\nK-1;2024-01-05;${cells}\n`;
    const pairs = await refusal(
      'violations',
      rows('_a_latitude;_a_longitude;_b_latitude;_b_longitude', '10.72;106.70;10.73;106.71'),
    );
    expect(pairs.reasons).toEqual([
      expect.stringMatching(/_a_latitude \+ _a_longitude; _b_latitude \+ _b_longitude.*--map latitude/),
    ]);
    const cells = await refusal('violations', rows('p;q', '10.7253 106.7051 0 0;10.7254 106.7051 0 0'));
    expect(cells.reasons).toEqual([expect.stringMatching(/\(p; q\).*--map location/)]);
  });

  test('a cell that is no place among those that are is told by itself', async () => {
    const { data, problems } = await take(
      'violations',
      'Mã hồ sơ;Ngày;gps\nK-1;2024-01-05;10.7253 106.7051 0 4\nK-2;2024-01-05;0 0 0 0\nK-3;2024-01-05;10.7253 106.7052 0 4\nK-4;2024-01-05;\n',
    );
    expect(data.map(({ violationId }) => violationId)).toEqual(['K-1', 'K-3', 'K-4']);
    expect(problems).toMatchObject([{ line: 3, column: 'gps', value: '0 0 0 0' }]);
  });

  test('no place at all is a finding that names the columns; words in "Location" are no position', async () => {
    const { plan } = await place('Ghi chú', 'hẻm 12');
    expect(plan.placeless).toBe(true);
    expect(plan.findings).toEqual([
      {
        en: expect.stringMatching(/No column says where.*--map.*Mã hồ sơ/),
        vi: expect.stringContaining('Không có cột nào'),
      },
    ]);
    const beds = 'Mã cơ sở,Tên,Loại,Thời điểm,Tổng giường,Giường đang dùng\nb,B,Bệnh viện,2024-01-01,50,40\n';
    expect((await take('capacity', beds)).plan).toMatchObject({ placeless: false, findings: [] });
    const meant = await place('Ghi chú', 'hẻm 12', { told: { map: { location: '' } } });
    expect(meant.plan.placeless).toBe(false);
    const words = await place('Location;Phường', 'Chung cư An Phú;An Phú');
    expect(words.problems).toEqual([]);
    expect(words.plan.placeless).toBe(false);
  });

  test('what is no place is refused with its reason', async () => {
    for (const [columns, cells, reason] of [
      ['lat;lon', '0;0', 'km from the district'],
      ['lat;lon', '95;106.7', 'not on Earth'],
      ['lat;lon', '10.725.300;106.705.100', 'thousands marks'],
      ['lat;lon', '10.7253;', 'one of the two'],
    ] as const)
      expect((await place(columns, cells)).problems).toMatchObject([
        { line: 2, reason: expect.stringContaining(reason) },
      ]);
    const nowhere = { ...target, areas: target.areas, centre: undefined };
    expect((await place('lat;lon', '0;0', { target: nowhere as never })).problems[0]!.reason).toContain('0, 0');
  });

  test('features: a polygon and an empty point are refused by number, a point alone in a MultiPoint is taken', async () => {
    const feature = (id: string, geometry: unknown) => ({
      type: 'Feature',
      properties: { 'Mã hồ sơ': id, Ngày: '2024-01-05' },
      geometry,
    });
    const { data, problems } = await take(
      'violations',
      JSON.stringify({
        type: 'FeatureCollection',
        features: [
          feature('a', {
            type: 'Polygon',
            coordinates: [
              [
                [106.7, 10.7],
                [106.7, 10.7],
                [106.7, 10.7],
                [106.7, 10.7],
              ],
            ],
          }),
          feature('b', { type: 'Point', coordinates: [] }),
          feature('c', { type: 'MultiPoint', coordinates: [[106.7051, 10.7253]] }),
        ],
      }),
    );
    expect(problems).toMatchObject([
      { line: 1, reason: expect.stringContaining('Polygon') },
      { line: 2, reason: expect.stringContaining('empty') },
    ]);
    expect(data).toMatchObject([{ violationId: 'c', location: here }]);
  });

  test('metres without a system are asked about; in Vietnam X goes north', async () => {
    const rows = 'Mã hồ sơ;Ngày;x;y\nK-1;2024-01-05;604438.2;1186091.7\n';
    expect((await refusal('violations', rows)).reasons[0]).toContain('--crs');
    expect((await take('violations', rows, { crs: 'EPSG:9210' })).data[0]).toMatchObject({
      location: { lon: expect.closeTo(106.7, 0), lat: expect.closeTo(10.7, 0) },
    });
    const exchanged = rows.replace('x;y', 'y;x');
    expect((await refusal('violations', exchanged, { crs: 'EPSG:9210' })).reasons[0]).toContain('exchanged');
    const vietnamese = rows.replace('604438.2;1186091.7', '"604.438,2";"1.186.091,7"');
    expect((await take('violations', vietnamese, { crs: 'EPSG:9210' })).data[0]).toHaveProperty('location.lon');
  });
});

describe('tables as people keep them', () => {
  const body = 'Mã ca,Phường,Ngày xác nhận\nT-1,w1,2024-01-05\nT-2,w2,2024-01-06\n';
  const ids = async (text: string | Uint8Array) => (await take('cases', text)).data.map(({ caseId }) => caseId);

  test.each([1, 2, 5, 10])('%i lines of titles above the column names', async (count) => {
    const titles = Array.from({ length: count }, (_, index) => (index % 2 ? ',,' : `BÁO CÁO NGÀY ${index},,`));
    const { plan, data } = await take('cases', `${titles.join('\n')}\n${body}`);
    expect(data.map(({ caseId }) => caseId)).toEqual(['T-1', 'T-2']);
    expect(plan.findings[0]!.en).toContain(`The column names stand on line ${count + 1}`);
  });

  test('titles that are not padded, a separator line, empty columns and rows, tabs, UTF-16', async () => {
    expect(await ids(`UBND QUẬN THỬ\nDanh sách ca bệnh, tháng 1\n\n${body}`)).toEqual(['T-1', 'T-2']);
    const semicolons = body.replaceAll(',', ';');
    for (const text of [`sep=;\n${semicolons}`, `"sep=;"\r\n${semicolons}`, `sep=\\t\n${body.replaceAll(',', '\t')}`])
      expect(await ids(text)).toEqual(['T-1', 'T-2']);
    const shifted = body.replaceAll(/^/gm, ',,').replace(/,,$/, '');
    expect(await ids(`,,,,\n${shifted},,,,\n,,,,\n`)).toEqual(['T-1', 'T-2']);
    const trailing = body.replaceAll('\n', ',,\n');
    expect(await ids(trailing)).toEqual(['T-1', 'T-2']);
    const utf16 = (text: string) => Buffer.from(`\uFEFF${text.replaceAll(',', '\t')}`, 'utf16le');
    expect(await ids(utf16(body))).toEqual(['T-1', 'T-2']);
    expect(await ids(utf16(`BÁO CÁO\n${body}`).swap16())).toEqual(['T-1', 'T-2']);
    expect(await ids(utf16(body).swap16())).toEqual(['T-1', 'T-2']);
  });

  test('the column names may stand behind a group, behind a number, before a unit, in two lines', async () => {
    const weekly = ',Phường,Kỳ báo cáo,,Số ca\n,,Từ ngày,Đến ngày,\n1,w1,2024-01-01,2024-01-07,12\n';
    for (const text of [weekly, `BÁO CÁO TUẦN,,,,\n,,,,\n${weekly}`])
      expect((await take('case-counts', text)).data).toMatchObject([
        { areaId: 'w1', periodStart: '2024-01-01', cases: 12 },
      ]);
    const doses = 'Phường,Ngày,Số mũi đã tiêm,,\n,,Mũi 1,Mũi 2,Mũi 3\nw1,2024-01-05,30,20,10\n';
    expect((await take('vaccination', doses)).data).toMatchObject([
      { peopleAtLeastOneDose: 30, peopleFullCourse: 20, peopleAdditionalDose: 10 },
    ]);
    // Values that happen to be names of columns make no column names of their row.
    const values = await take('violations', 'g-ma_ho_so,g-ngay,g-loai,g-a,g-b\nV-1,2024-01-05,khác,x,y\n');
    expect(values.data).toMatchObject([{ violationId: 'V-1' }]);
    const { data } = await take(
      'cases',
      'nhom/Mã ca,"2. Phường","Tuổi\n(năm)",(4) Ngày xác nhận\nT-1,w1,30,"ngày 5 tháng 1 năm 2024"\n',
    );
    expect(data).toEqual([{ caseId: 'T-1', areaId: 'w1', ageYears: 30, confirmedDate: '2024-01-05' }]);
  });

  test('two lines of column names: a merged cell says of which numbers those below it are', async () => {
    const rows = 'w1,2024-01-05,300,4\n';
    const day = { periodDays: 1 };
    for (const [upper, lower, cases] of [
      ['Số ca,', 'Tích lũy,Trong ngày', 4],
      ['Số ca mắc,', 'Trong ngày,Cộng dồn', 300],
      ['Mắc mới,Tử vong', ',', 300],
    ] as const) {
      const { data } = await take(
        'case-counts',
        `Phường,Ngày,${upper}\n${lower === ',' ? '' : `,,${lower}\n`}${rows}`,
        day,
      );
      expect(data).toMatchObject([{ areaId: 'w1', cases }]);
      expect(data).toHaveLength(1);
    }
    for (const merged of ['Tử vong', 'Cộng dồn', 'Nghi ngờ'])
      expect(
        (await refusal('case-counts', `Phường,Ngày,${merged},\n,,Số ca,Tỉ lệ\nw1,2024-01-05,300,4\n`, day)).reasons[0],
      ).toContain('cases');
    const { data } = await take('vaccination', 'Phường,Ngày,Lũy kế,\n,,Mũi 1,Mũi 2\nw1,2024-01-05,300,40\n');
    expect(data).toMatchObject([{ peopleAtLeastOneDose: 300, peopleFullCourse: 40 }]);
  });

  test.each([
    ['case-counts', 'Phường,Ngày,Số ca (cộng dồn)'],
    ['case-counts', 'Phường,Ngày,Số ca [lũy kế]'],
    ['case-counts', 'Phường,Ngày,Số ca (tử vong)'],
    ['case-counts', 'Phường,Ngày,Lũy kế: Số ca'],
    ['case-counts', 'Phường,Ngày,Số ca mới (tuần trước)'],
    ['population', 'Phường,Từ ngày,Dân số (nghìn người)'],
    ['population', 'Phường,Từ ngày,Dân số (%)'],
    ['vaccination', 'Phường,Ngày,Mũi 1 (trong ngày)'],
  ])('what stands in brackets is no unit to be dropped where it makes other numbers: %s, %s', async (kind, columns) => {
    await refusal(kind, `${columns}\nw1,2024-01-05,12\n`, { periodDays: 1 });
  });

  test.each(['(người)', '(ca bệnh)', '[1]', '(*)', '(2024)', '(ĐVT: người)'])(
    'a unit, a year and a mark are dropped: %s',
    async (unit) => {
      const text = `Phường,Từ ngày,Dân số ${unit}\nw1,2024-01-05,12\n`;
      expect((await take('population', text)).data).toMatchObject([{ people: 12 }]);
    },
  );

  test('a second table below the first is rejected row by row, until the column names of the first come again', async () => {
    const first = 'Phường,Từ ngày,Đến ngày,Số ca\nw1,2024-01-01,2024-01-07,30\n';
    for (const [second, row] of [
      ['Phường,Từ ngày,Đến ngày,Tử vong', 'w1,2024-01-01,2024-01-07,1'],
      ['Ward,Start date,End date,Deaths', 'w1,2024-01-01,2024-01-07,1'],
      ['Phường,Ngày,Mũi 1,Mũi 2', 'w1,2024-01-01,2024-01-07,2'],
    ]) {
      const { data, problems, summary } = await take(
        'case-counts',
        `${first},,,\nBẢNG 2,,,\n${second}\n${row}\n${first.replace(/01-0[17]/g, (day) => day.replace('01-0', '02-0'))}`,
      );
      expect(data).toMatchObject([
        { cases: 30, periodStart: '2024-01-01' },
        { cases: 30, periodStart: '2024-02-01' },
      ]);
      expect(summary).toMatchObject({ rows: 6, accepted: 2, rejected: 4 });
      expect(problems.filter(({ reason }) => reason.startsWith('of another table')).map(({ line }) => line)).toEqual([
        5, 6,
      ]);
    }
  });

  test('a number written in another way is most often the same one: the second row is refused', async () => {
    const list = (...ids: string[]) =>
      take('cases', `Mã ca,Phường,Ngày xác nhận\n${ids.map((id) => `${id},w1,2024-01-05\n`).join('')}`);
    const { data, problems } = await list('BN 001', 'bn001', 'BN-001', 'BN002', '1-11a', '11-1a', 'BN01');
    expect(data.map(({ caseId }) => caseId)).toEqual(['BN-001', 'BN002', '1-11a', '11-1a', 'BN01']);
    expect(problems.map(({ line, reason }) => [line, reason.slice(0, 44)])).toEqual([
      [3, 'an earlier row has the same number written o'],
      [4, 'an earlier row has the same number and other'],
    ]);
  });

  test('a blank cell under a column of areas is told: it may be merged with the one above', async () => {
    const { data, summary } = await take(
      'cases',
      'Mã ca,Phường,Ngày xác nhận\nT-1,w1,2024-01-05\nT-2,,2024-01-05\nT-3,,2024-01-05\n',
    );
    expect(data).toHaveLength(3);
    expect(summary.notes.map(({ note, rows }) => [note.slice(0, 14), rows])).toEqual([['names no area:', 2]]);
  });

  test('a blank age group beside written ones says nothing; without such a column all ages are meant', async () => {
    const { data, problems } = await take(
      'population',
      'Phường,Nhóm tuổi,Dân số,Từ ngày\nw1,18-64,600,2024-01-01\nw2,,500,2024-01-01\nw3,tất cả,900,2024-01-01\n',
    );
    expect(data.map(({ ageGroup }) => ageGroup)).toEqual(['18-64', 'all']);
    expect(problems).toMatchObject([{ line: 3, column: 'Nhóm tuổi' }]);
    expect((await take('population', 'Phường,Dân số,Từ ngày\nw1,600,2024-01-01\n')).data).toMatchObject([
      { ageGroup: 'all' },
    ]);
  });

  test('a strict bound of ages is not itself meant, and the preview says how it was read; months are no years', async () => {
    const { data, summary, problems } = await take(
      'population',
      'Phường,Nhóm tuổi,Dân số,Từ ngày\nw1,<18,100,2024-01-01\nw1,18 - 65,200,2024-01-01\nw1,>65,30,2024-01-01\nw2,≥65,40,2024-01-01\nw2,6-23 tháng,5,2024-01-01\n',
    );
    expect(data.map(({ ageGroup }) => ageGroup)).toEqual(['0-17', '18-65', '66+', '65+']);
    expect(summary.notes.map(({ note }) => note.slice(0, 30))).toEqual([
      'Age group "<18" is read as 0-1',
      'Age group ">65" is read as 66+',
    ]);
    expect(problems).toMatchObject([{ line: 6, column: 'Nhóm tuổi', value: '6-23 tháng' }]);
  });

  test('running totals under --period day are asked about, by name, title or number; told, they are what was told', async () => {
    const asOf = 'Phường,Tính đến ngày,Số ca\nw1,2024-01-05,120\n';
    const day = { periodDays: 1 };
    expect((await refusal('case-counts', asOf, day)).reasons[0]).toContain('--set measure=cumulative-cases');
    const told = { ...day, told: { set: { measure: 'cumulative-cases' } } };
    expect((await take('case-counts', asOf, told)).data).toMatchObject([{ measure: 'cumulative-cases', cases: 120 }]);
    expect((await take('case-counts', asOf.replace('Số ca', 'Số ca mới'), day)).data).toMatchObject([
      { measure: 'new-cases', cases: 120 },
    ]);
    const titled = `Số ca cộng dồn các phường,,\n${asOf.replace('Tính đến ngày', 'Ngày')}`;
    expect((await refusal('case-counts', titled, day)).reasons[0]).toContain('a title says running totals');
    const rows = (counts: number[]) =>
      `Phường,Ngày,Số ca\n${counts.map((count, index) => `w1,2024-01-${String(index + 10)},${count}`).join('\n')}\n`;
    const rising = [4, 9, 9, 15, 22, 23, 31, 40];
    expect((await refusal('case-counts', rows(rising), day)).reasons[0]).toContain(
      'never fall for a place over 8 periods',
    );
    const daily = [4, 5, 0, 6, 7, 1, 8, 9];
    expect((await take('case-counts', rows(daily), day)).data.map(({ cases }) => cases)).toEqual(daily);
    expect((await take('case-counts', rows(rising), { periodDays: 7 })).data).toHaveLength(8);
    const asked = await lookAtFile(request('case-counts', rows(rising), day));
    expect(asked.questions).toMatchObject([{ asks: 'column', field: 'measure', column: 'Số ca', line: 9 }]);
  });

  test('two rows of one place and period that say different numbers contradict each other; the same number written otherwise does not', async () => {
    const { data, problems, summary } = await take(
      'case-counts',
      'Phường,Ngày,Số ca\nw1,2024-01-25,3\nw1,2024-01-25,4\nw1,25/01/2024,3\nw2,2024-01-25,4\nw1,2024-01-26,4\n',
      { periodDays: 1 },
    );
    expect(data.map(({ areaId, periodEnd, cases }) => [areaId, periodEnd, cases])).toEqual([
      ['w1', '2024-01-25', 3],
      ['w1', '2024-01-25', 3],
      ['w2', '2024-01-25', 4],
      ['w1', '2024-01-26', 4],
    ]);
    expect(problems).toMatchObject([{ line: 3, column: 'Số ca', value: '4' }]);
    expect(summary).toMatchObject({ rows: 5, accepted: 4, rejected: 1 });
    const people = 'Phường,Nhóm tuổi,Dân số,Từ ngày\nw1,>=18,300,2024-01-01\nw1,18 tuổi trở lên,9,2024-01-01\n';
    expect((await take('population', people)).problems).toMatchObject([{ line: 3, column: 'Dân số', value: '9' }]);
    const publications = 'Phường,Ngày,Số ca,Ngày công bố\nw1,2024-01-25,3,2024-01-26\nw1,2024-01-25,4,2024-01-27\n';
    expect((await take('case-counts', publications, { periodDays: 1 })).data).toHaveLength(2);
  });

  test('numbers of GeoJSON have one way of being written', async () => {
    const file = (value: unknown) =>
      JSON.stringify({
        type: 'FeatureCollection',
        features: [
          {
            type: 'Feature',
            geometry: null,
            properties: { Phường: 'w1', 'Từ ngày': '2024-01-01', 'Đến ngày': '2024-01-07', 'Số ca': 3, rate: value },
          },
        ],
      });
    expect((await take('case-counts', file(12.345))).data).toMatchObject([{ cases: 3, ratePer100k: 12.345 }]);
    expect((await refusal('case-counts', file('12.345'))).reasons[0]).toContain('--number-format');
  });

  test('totals, notes and repeated column names are no rows: rejected, and told why', async () => {
    const { summary, problems, data } = await take(
      'cases',
      `${body}Mã ca,Phường,Ngày xác nhận\nT-3,w3,2024-01-07\nTổng cộng,3,\nNguồn: trạm y tế phường,,\nNgười lập biểu: Nguyễn Văn A\n`,
    );
    expect(data.map(({ caseId }) => caseId)).toEqual(['T-1', 'T-2', 'T-3']);
    expect(summary).toMatchObject({ rows: 7, accepted: 3, rejected: 4 });
    expect(problems.map(({ line, reason }) => [line, reason])).toEqual([
      [4, 'the column names again, no row'],
      [6, 'a total of the rows, no row itself'],
      [7, 'a note below the table, no row'],
      [8, 'a note below the table, no row'],
    ]);
  });

  test('a total does not decide how numbers are written, and a company is no total', async () => {
    const { data } = await take(
      'population',
      'Phường,Dân số,Từ ngày\nw1,800,2024-01-01\nTổng cộng,"1.600",\nw2,800,2024-01-01\n',
    );
    expect(data.map((row) => row.people)).toEqual([800, 800]);
    const shops = await take('businesses', 'Tên,Mã số thuế,Ngày đăng ký,Phường\nTổng công ty X,1,2024-01-05,w1\n');
    expect(shops.data).toHaveLength(1);
  });

  test('a file that was cut off, a row of another length and a workbook are damage still', async () => {
    for (const text of [
      `${body}T-3`,
      `${body}Phường An`,
      `${body}T-3,w1\nT-4,w1,2024-01-08\n`,
      `${body}Ghi chú: x\nT-4,w1,2024-01-08\n`,
    ])
      await expect(planImport(request('cases', text))).rejects.toBeInstanceOf(DamagedFile);
    await expect(planImport(request('cases', 'PK\u0003\u0004…'))).rejects.toThrow('the workbook is cut off or damaged');
    await expect(planImport(request('cases', `${body}T-3`))).rejects.toMatchObject({
      words: [{ en: 'line 4: 1 cells, the columns are 3', vi: 'dòng 4: 1 ô, số cột là 3' }],
    });
  });

  test('times as Vietnamese write them; day numbers of a spreadsheet where all cells are such', async () => {
    const at = async (...cells: string[]) =>
      (
        await take(
          'violations',
          `Mã hồ sơ,Phường,Ngày\n${cells.map((cell, index) => `V-${index},w1,${cell}`).join('\n')}\n`,
        )
      ).data.map(({ occurredAt }) => occurredAt);
    expect(
      await at(
        '13/03/2021 7:30:00 SA',
        '13/03/2021 7:30 CH',
        '13/03/2021 7h30',
        '7h30 ngày 13/03/2021',
        '13/03/2021 12:05 SA',
      ),
    ).toEqual([
      '2021-03-13T00:30:00.000Z',
      '2021-03-13T12:30:00.000Z',
      '2021-03-13T00:30:00.000Z',
      '2021-03-13T00:30:00.000Z',
      '2021-03-12T17:05:00.000Z',
    ]);
    expect(await at('44268', '44269.25')).toEqual(['2021-03-13T05:00:00.000Z', '2021-03-13T23:00:00.000Z']);
    const { plan } = await take('violations', 'Mã hồ sơ,Phường,Ngày\nV,w1,44268\n');
    expect(plan.findings).toMatchObject([{ en: expect.stringContaining('44268 is read as 2021-03-13') }]);
    // Beside written dates the numbers are those that a spreadsheet misread.
    expect(await at('44268', '13/03/2021')).toEqual(['2021-03-13T05:00:00.000Z']);
  });
});

describe('a public line list', () => {
  const head = 'ID,Status,Location,Country ,Age,Gender,Date_onset,Date_confirmation,Outcome,ward,Source,\n';

  test('one unreadable optional cell costs the cell; a suspect is no case', async () => {
    const { data, problems, summary } = await take(
      'cases',
      `${head}1,confirmed,Trạm y tế,VN,20-40,male,2024-01-02,2024-01-05,,w1,x,\n2,suspected,Chợ,VN,31,female,2024-01-03,,,w2,x,\n3,confirmed,Chung cư,VN,,male,#N/A,2024-01-06,Death,w3,x,\n4,confirmed,Chợ,VN,300,người lạ,2024-01-02,2024-01-05,?,w1,x,\n`,
    );
    expect(data).toEqual([
      { caseId: '1', confirmedDate: '2024-01-05', areaId: 'w1', sex: 'male', onsetDate: '2024-01-02' },
      { caseId: '3', confirmedDate: '2024-01-06', areaId: 'w3', sex: 'male', status: 'deceased' },
      { caseId: '4', confirmedDate: '2024-01-05', areaId: 'w1', onsetDate: '2024-01-02' },
    ]);
    expect(problems).toMatchObject([
      { line: 3, column: 'Date_confirmation', reason: 'missing' },
      { line: 3, column: 'Status', value: 'suspected', reason: expect.stringContaining('not a confirmed case') },
    ]);
    expect(summary.notes.map(({ note }) => note).sort()).toEqual([
      expect.stringMatching(/^Age "20-40": not a number.*taken without it/),
      expect.stringMatching(/^Age "300": .*125.*taken without it/),
      expect.stringMatching(/^Date_onset "#N\/A": .*taken without it/),
      expect.stringMatching(/^Gender "người lạ": not one of.*taken without it/),
    ]);
  });

  test('names of columns in one word, as programmes write them', async () => {
    const { data } = await take(
      'cases',
      'caseId,areaId,confirmedDate,ageYears,DateOnset\n1,w1,2024-01-05,30,2024-01-02\n',
    );
    expect(data).toMatchObject([{ caseId: '1', areaId: 'w1', ageYears: 30, onsetDate: '2024-01-02' }]);
  });

  test('identity, place and day are no optional cells', async () => {
    const { problems } = await take(
      'cases',
      `${head}#REF!,confirmed,chợ,VN,1,male,,2024-01-05,,w1,x,\n5,confirmed,chợ,VN,1,male,,soon,,w1,x,\n6,confirmed,chợ,VN,1,male,,2024-01-05,,nowhere,x,\n`,
    );
    expect(problems.map(({ line, column }) => [line, column])).toEqual([
      [2, 'ID'],
      [3, 'Date_confirmation'],
      [4, 'ward'],
    ]);
  });
});

describe('CSV for a spreadsheet', () => {
  test('formulas are shown and not run; negative numbers stay numbers', () => {
    expect(
      ['=1+1', '+84 90', '@x', '-x', '-1+1', '\tx', '\rx', '-12,5', '-3', 'x=1', "'=1"].map(spreadsheetCell),
    ).toEqual(["'=1+1", "'+84 90", "'@x", "'-x", "'-1+1", "'\tx", "'\rx", '-12,5', '-3', 'x=1', "''=1"]);
  });

  test('what we wrote we read back', async () => {
    const cell = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 8 }),
      fc.stringMatching(/^'{0,2}[=+\-@\t][a-z0-9 ",;]{0,6}$/),
      fc.constantFrom('', '-5', '="0123"', '=HYPERLINK("x";"y")', 'Tân Phú', 'a\nb'),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 6 }), async (rows) => {
        const clean = rows.map((cells) => cells.map((text) => text.normalize('NFC').replaceAll('\uFFFD', '')));
        const text = byteOrderMark + [['one', 'two'], ...clean].map(csvLine).join('');
        const table = await openTable(textSource(text));
        const back: string[][] = [];
        for await (const { cells } of table.rows()) back.push(cells.map(unwrapped));
        // A cell that is itself a text formula comes back as the text that it holds: that is what it says.
        expect(back).toEqual(clean.map((cells) => cells.map((text) => unwrapped(spreadsheetCell(text)))));
      }),
      { numRuns: 100 },
    );
    for (const text of ['=1+1', "'=1", '-5', '+84', 'Tân', "''x"]) expect(unwrapped(spreadsheetCell(text))).toBe(text);
  });

  test('rejects begin with EF BB BF, say why in both languages, and can be read again', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'rejects-'));
    try {
      const columns = ['line', 'Mã ca', 'Phường'];
      const rejects = new RejectsFile(join(folder, 'r.csv'), columns);
      rejects.open();
      rejects.add([
        {
          cells: ['9', '=cmd()', 'Không có'],
          problems: [
            { line: 2, column: 'Phường', value: 'Không có', reason: 'none', reasonVi: 'không có' },
            { line: 2, column: 'Tuổi', value: '240', reason: 'at most 125' },
          ],
        },
      ]);
      rejects.close();
      const bytes = readFileSync(join(folder, 'r.csv'));
      expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
      const table = await openTable(textSource(bytes));
      expect(table.columns).toEqual([
        'line (rejected)',
        'column',
        'value',
        'why rejected',
        'lý do bị loại',
        ...columns,
      ]);
      for await (const { cells } of table.rows())
        expect(cells).toEqual([
          '2',
          'Phường | Tuổi',
          'Không có | 240',
          'none | at most 125',
          'không có | at most 125',
          '9',
          "'=cmd()",
          'Không có',
        ]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
