import { describe, expect, test } from 'vitest';
import { plainText } from '#contracts/names.ts';
import { AreaNames } from './area-names.ts';
import { asIdentifier, withoutDecimals } from './identifiers.ts';
import { parseNumber, parseWhole } from './numbers.ts';
import { checkedPosition, parsePair, parseTwo } from './positions.ts';
import { reprojection } from './projection.ts';
import { ValueError } from './value-error.ts';

const fault = (run: () => unknown) => {
  try {
    run();
  } catch (error) {
    if (error instanceof ValueError) return error.message;
    throw error;
  }
  return undefined;
};

describe('numbers', () => {
  test.each([
    ['0', 0],
    ['  12 ', 12],
    ['-3', -3],
    ['+3', 3],
    ['12.', 12],
    ['.5', 0.5],
    ['1.25', 1.25],
    ['.125', 0.125],
    ['1e3', 1000],
    ['1e12', 1e12],
    ['1E-2', 0.01],
    ['2e+2', 200],
    ['1.234', 1.234],
    ['1,234', 1234],
    ['12,345,678', 12_345_678],
    ['-1,234.5', -1234.5],
    ['1,234.25', 1234.25],
    ['12,5', 12.5],
    ['12,25', 12.25],
    ['-12,5', -12.5],
    ['1\u00a0234', 1234],
  ])('%s is %f', (text, number) => {
    expect(parseNumber(text)).toBe(number);
  });

  test.each([
    '',
    '-',
    '.',
    '1,2345',
    '1234,567',
    ',5',
    '1,23,456',
    '12,345,67',
    '1.2.3',
    '1,234,5',
    '12 ca',
    'ca 12',
    '0x10',
    '1e',
    '1e1.5',
    'NaN',
    'Infinity',
  ])('"%s" is none', (text) => {
    expect(fault(() => parseNumber(text))).toBe('not a number');
  });

  test('whole numbers', () => {
    expect(parseWhole('10033.0')).toBe(10_033);
    expect(parseWhole('1,234')).toBe(1234);
    expect(parseWhole('-4')).toBe(-4);
    expect(fault(() => parseWhole('12.5'))).toBe('not a whole number');
    expect(fault(() => parseWhole('x'))).toBe('not a number');
  });
});

describe('identifiers', () => {
  test('decimals that a spreadsheet added are taken back, others are kept', () => {
    expect(['10033.0', ' 10033.000 ', '10033.10', '10033.', 'a1.0', '1.0a', '.0'].map(withoutDecimals)).toEqual([
      '10033',
      '10033',
      '10033.10',
      '10033.',
      'a1.0',
      '1.0a',
      '.0',
    ]);
  });

  test.each([
    ['HS 12/2021-Đ', 'HS-12-2021-D'],
    ['Tân Phú', 'Tan-Phu'],
    ['đường đất', 'duong-dat'],
    ['a_b-c', 'a_b-c'],
    ['--a//b--', 'a-b'],
    ['10033.0', '10033'],
    ['x'.repeat(70), 'x'.repeat(70)],
  ])('%s becomes %s', (text, id) => {
    expect(asIdentifier(text)).toBe(id);
  });

  test('nothing to name, and too much', () => {
    expect(fault(() => asIdentifier(' // '))).toBe('no letter or digit');
    expect(fault(() => asIdentifier(''))).toBe('no letter or digit');
    expect(fault(() => asIdentifier('x'.repeat(71)))).toBe('71 signs; at most 70');
  });
});

test('text to compare: accents, case, signs and spaces do not matter', () => {
  expect(plainText('  Phường  TÂN-PHÚ (Đông) ')).toBe('phuong tan phu dong');
  expect(plainText('Food & Drink')).toBe('food and drink');
  expect(plainText('A&B')).toBe('a and b');
  expect(plainText('...')).toBe('');
});

describe('positions', () => {
  test.each([
    ['(10.7, 106.7)', [106.7, 10.7]],
    ['10.7;106.7', [106.7, 10.7]],
    ['10.7 , 106.7', [106.7, 10.7]],
    ['( 10.7, 106.7 )', [106.7, 10.7]],
    ['-10, +106', [106, -10]],
    ['1e1, 1.06e2', [106, 10]],
    ['[106.7, 10.7]', [106.7, 10.7]],
    ['[ 106.7 , 10.7 ]', [106.7, 10.7]],
    [' POINT (106.7 10.7) ', [106.7, 10.7]],
    ['point( 106.7  10.7 )', [106.7, 10.7]],
    ['Point(106.7 10.7)', [106.7, 10.7]],
  ])('%s', (text, position) => {
    expect(parsePair(text)).toEqual(position);
  });

  test.each([
    '',
    '10.7',
    '10.7 106.7',
    '[106.7 10.7]',
    '[106.7, 10.7',
    'POINT 106.7 10.7',
    'POINT (106.7, 10.7)',
    'xPOINT (106.7 10.7)',
    'POINT (106.7 10.7)x',
    'x10.7, 106.7',
    '10.7, 106.7x',
    '10., 106.',
  ])('"%s" is none', (text) => {
    expect(fault(() => parsePair(text))).toBe('not a position: "(lat, lon)", "[lon, lat]" or "POINT (lon lat)"');
  });

  test('two cells, in degrees or brought to them', () => {
    expect(parseTwo('106,7', '10.7')).toEqual([106.7, 10.7]);
    expect(parseTwo('1', '2', ([x, y]) => [x * 10, y * 100])).toEqual([10, 200]);
  });

  const district7 = { lon: 106.728, lat: 10.734 };
  const notOnEarth = 'not on Earth: longitude -180 to 180, latitude -90 to 90';
  const exchanged = 'latitude and longitude look exchanged';

  test('on Earth, to seven decimals', () => {
    expect(checkedPosition([106.123456789, 10.00000004])).toEqual({ lon: 106.1234568, lat: 10 });
    for (const [lon, lat] of [
      [180, 90],
      [-180, -90],
    ] as const)
      expect(checkedPosition([lon, lat])).toEqual({ lon, lat });
    for (const [lon, lat] of [
      [180.1, 0],
      [-180.1, 0],
      [500, 100],
      [Number.NaN, 0],
      [0, Number.NaN],
    ] as const)
      expect(fault(() => checkedPosition([lon, lat]))).toBe(notOnEarth);
  });

  test('a latitude beyond 90 looks exchanged where the other way round would be on Earth, and near', () => {
    expect(fault(() => checkedPosition([10.7, 106.7]))).toBe(exchanged);
    expect(fault(() => checkedPosition([10.7, 106.7], district7))).toBe(exchanged);
    expect(fault(() => checkedPosition([90, 180]))).toBe(exchanged);
    expect(fault(() => checkedPosition([90.1, 180]))).toBe(notOnEarth);
    expect(fault(() => checkedPosition([90, 180.1]))).toBe(notOnEarth);
    // Exchanged it would lie far off.
    expect(fault(() => checkedPosition([50, 106.7], district7))).toBe(notOnEarth);
  });

  test('300 km from the district is the most', () => {
    // A degree of latitude is 111.19 km on a sphere of 6371 km.
    const north = (kilometres: number) => district7.lat + kilometres / ((Math.PI * 6371) / 180);
    expect(checkedPosition([district7.lon, north(299.9)], district7).lon).toBe(district7.lon);
    expect(fault(() => checkedPosition([district7.lon, north(300.6)], district7))).toBe(
      '301 km from the district; at most 300',
    );
    // East-west degrees are shorter by the cosine of the latitude: 109.2 km here.
    const east = (kilometres: number) =>
      district7.lon + kilometres / (((Math.PI * 6371) / 180) * Math.cos((district7.lat * Math.PI) / 180));
    expect(checkedPosition([east(299.9), district7.lat], district7).lat).toBe(district7.lat);
    expect(fault(() => checkedPosition([east(300.9), district7.lat], district7))).toMatch(/^301 km/);
    // Almost the other side of the Earth: half its girth is 20,015 km, and this is 25 km short of it.
    expect(fault(() => checkedPosition([-73.5, -10.7], district7))).toBe('19,990 km from the district; at most 300');
  });

  test('far off on Earth, and near when exchanged', () => {
    const boston = { lon: -71.06, lat: 42.33 };
    expect(fault(() => checkedPosition([42.33, -71.06], boston))).toBe(exchanged);
    // Exchanged it would still be far off.
    expect(fault(() => checkedPosition([42.33, -60], boston))).toMatch(/ km from the district; at most 300$/);
  });
});

describe('systems of reference', () => {
  const close = (name: string, point: [number, number], lon: number, lat: number) => {
    const [x, y] = reprojection(name)!(point);
    expect(x).toBeCloseTo(lon, 4);
    expect(y).toBeCloseTo(lat, 4);
  };

  test('longitude and latitude need none', () => {
    for (const crs of [undefined, '', 'EPSG:4326', 'urn:ogc:def:crs:OGC:1.3:CRS84', 'crs84'])
      expect(reprojection(crs)).toBeUndefined();
  });

  // Of UTM: the central meridian is 500 km east, the equator is 0 m north (north) or 10,000 km (south).
  test('UTM, north and south, and NAD83', () => {
    close('EPSG:32648', [500_000, 0], 105, 0);
    close('EPSG:32601', [500_000, 0], -177, 0);
    close('EPSG:32660', [500_000, 0], 177, 0);
    close('EPSG:32748', [500_000, 10_000_000], 105, 0);
    close('EPSG:26918', [500_000, 0], -75, 0);
  });

  test('VN-2000 in three zones, and Web Mercator', () => {
    // Off by the 190 m or so by which the datums differ.
    const near = (code: string, lon: number) => {
      const [x, y] = reprojection(code)!([500_000, 1_100_000]);
      expect(Math.abs(x - lon)).toBeLessThan(0.003);
      expect(Math.abs(x - lon)).toBeGreaterThan(0.0005);
      return y;
    };
    expect(near('EPSG:3405', 105)).toBeCloseTo(9.95, 1);
    expect(near('3406', 111)).toBeCloseTo(9.95, 1);
    expect(near('urn:ogc:def:crs:EPSG::9210', 105.75)).toBeCloseTo(9.95, 1);
    close('EPSG:3857', [20_037_508.34, 0], 180, 0);
    close('EPSG:3857', [0, 5_621_521.486], 0, 45);
  });

  test.each(['EPSG:9999', 'EPSG:32600', 'EPSG:32661', 'EPSG:32848', 'EPSG:326481', 'mercator', 'EPSG:3405 '])(
    '%s is not known',
    (crs) => {
      expect(fault(() => reprojection(crs))).toBe(
        `reference system "${crs}" is not known; use EPSG:4326, UTM (EPSG:326xx, 327xx), VN-2000 (3405, 3406, 9210) or 3857`,
      );
    },
  );
});

describe('areas', () => {
  const names = new AreaNames([
    { areaId: '00501', name: 'Phường Tân Phú', code: '27487' },
    { areaId: '00502', name: 'Phường Tân Quy', code: '00501' },
    { areaId: '00503', name: 'Phường 7', code: null },
    { areaId: '00504', name: 'Quận Tân Quy' },
  ]);

  test.each([
    ['00501', '00501'],
    [' 00501 ', '00501'],
    ['501', '00501'],
    ['501.0', '00501'],
    ['27487', '00501'],
    ['Phường Tân Phú', '00501'],
    ['phuong tan phu', '00501'],
    ['Tân Phù', '00501'],
    ['quận tân quy', '00504'],
    ['Phường 7', '00503'],
  ])('%s is %s', (text, areaId) => {
    expect(names.find(text)).toBe(areaId);
  });

  test('an id of one area is not the code of another', () => {
    expect(names.find('00501')).toBe('00501');
  });

  test('none, and several', () => {
    expect(fault(() => names.find('Tân Hưng'))).toBe('no such area in this district');
    expect(fault(() => names.find('7'))).toBe('no such area in this district');
    expect(fault(() => names.find('Tân Quy'))).toBe('the name means 2 areas (00502, 00504); give the id');
    const many = new AreaNames(['a', 'b', 'c', 'd', 'e'].map((areaId) => ({ areaId, name: 'Tổ 1' })));
    expect(fault(() => many.find('tổ 1'))).toBe('the name means 5 areas (a, b, c, d); give the id');
  });

  test('zeros are put before digits only where all codes are of one width', () => {
    const mixed = new AreaNames([
      { areaId: '00501', name: 'A' },
      { areaId: '0502', name: 'B' },
    ]);
    expect(fault(() => mixed.find('501'))).toBe('no such area in this district');
    const withWords = new AreaNames([
      { areaId: '00501', name: 'A' },
      { areaId: 'ward-7', name: 'B' },
    ]);
    expect(withWords.find('501')).toBe('00501');
    expect(fault(() => withWords.find('501a'))).toBe('no such area in this district');
  });

  test('where no area is known, every code is taken as it is', () => {
    const none = new AreaNames([]);
    expect(none.find('10033.0')).toBe('10033');
    expect(none.find('Tân Phú')).toBe('Tan-Phu');
    expect(fault(() => none.find('//'))).toBe('no letter or digit');
  });
});
