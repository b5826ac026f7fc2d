import fc from 'fast-check';
import proj4 from 'proj4';
import { expect, test } from 'vitest';
import { AreaNames } from './area-names.ts';
import { asIdentifier } from './identifiers.ts';
import { parseNumber, parseWhole } from './numbers.ts';
import { checkedPosition, parsePair, parseTwo } from './positions.ts';
import { reprojection } from './projection.ts';

const district7 = { lon: 106.728, lat: 10.734 };
const boston = { lon: -71.06, lat: 42.33 };
const degrees = fc.tuple(fc.double({ min: 106, max: 107, noNaN: true }), fc.double({ min: 10, max: 11, noNaN: true }));

test('a position comes back from every way of writing it', () => {
  fc.assert(
    fc.property(degrees, ([lon, lat]) => {
      const [x, y] = [Number(lon.toFixed(6)), Number(lat.toFixed(6))];
      for (const text of [`(${y}, ${x})`, `${y},${x}`, `[${x}, ${y}]`, `POINT (${x} ${y})`, `POINT(${x} ${y})`])
        expect(parsePair(text)).toEqual([x, y]);
      expect(checkedPosition(parseTwo(String(x), String(y)), district7)).toEqual({ lon: x, lat: y });
    }),
  );
});

test('UTM and VN-2000 come back to the place they were made from', () => {
  fc.assert(
    fc.property(degrees, ([lon, lat]) => {
      const utm = proj4('WGS84', '+proj=utm +zone=48 +datum=WGS84').forward([lon, lat]);
      for (const name of ['EPSG:32648', 'urn:ogc:def:crs:EPSG::32648']) {
        const back = reprojection(name)!(utm as [number, number]);
        expect(back[0]).toBeCloseTo(lon, 6);
        expect(back[1]).toBeCloseTo(lat, 6);
      }
    }),
  );
  // Landmark 81, Ho Chi Minh City, 106.7219 E 10.7949 N: the two systems differ by some 190 m, as their parameters say.
  const [lon, lat] = reprojection('EPSG:3405')!(
    proj4('WGS84', '+proj=utm +zone=48 +datum=WGS84').forward([106.7219, 10.7949]) as [number, number],
  );
  expect(Math.hypot(lon - 106.7219, lat - 10.7949) * 111_320).toBeGreaterThan(100);
  expect(Math.hypot(lon - 106.7219, lat - 10.7949) * 111_320).toBeLessThan(300);
  expect(reprojection('urn:ogc:def:crs:OGC:1.3:CRS84')).toBeUndefined();
  expect(() => reprojection('EPSG:9999')).toThrow('not known');
});

test('exchanged coordinates are told, also where both readings are on Earth', () => {
  expect(() => checkedPosition([10.734, 106.728], district7)).toThrow('exchanged');
  expect(() => checkedPosition([42.33, -71.06], boston)).toThrow('exchanged');
  expect(() => checkedPosition([0, 0], boston)).toThrow('km from the district');
  expect(() => checkedPosition([500, 10])).toThrow('not on Earth');
  expect(() => parsePair('Nguyễn Văn Linh')).toThrow('not a position');
});

test('what a spreadsheet did to codes and numbers is taken back', () => {
  const names = new AreaNames([
    { areaId: '02135', name: 'Brighton' },
    { areaId: '10033', name: 'Washington Heights' },
    { areaId: '00501', name: 'Tân Phú', code: '27487' },
    { areaId: '00502', name: 'Tân Phú' },
  ]);
  expect(names.find('2135')).toBe('02135');
  expect(names.find('10033.0')).toBe('10033');
  expect(names.find('27487')).toBe('00501');
  expect(names.find('washington heights')).toBe('10033');
  expect(() => names.find('Tan Phu')).toThrow('2 areas (00501, 00502)');
  expect(() => names.find('99')).toThrow('no such area');
  const wards = new AreaNames([
    { areaId: 'q7-tan-phu', name: 'Phường Tân Phú' },
    { areaId: 'q7-phu-my', name: 'Phường Phú Mỹ' },
    { areaId: 'q7-tan-phu-to-01', name: 'Tổ 1, phường Tân Phú' },
  ]);
  expect(['Tân Phú', 'tan phu', 'phường Tân Phù'].map((name) => wards.find(name))).toEqual(Array(3).fill('q7-tan-phu'));
  expect(wards.find('Phú Mỹ')).toBe('q7-phu-my');
  expect(asIdentifier('10033.0')).toBe('10033');
  expect(asIdentifier('HS 12/2021-Đ')).toBe('HS-12-2021-D');
  expect(parseWhole('10033.0')).toBe(10033);
  expect(parseNumber('1,234.5')).toBe(1234.5);
  expect(parseNumber('12,5')).toBe(12.5);
  expect(() => parseWhole('12.5')).toThrow('whole');
  expect(() => parseNumber('12 ca')).toThrow('not a number');
});
