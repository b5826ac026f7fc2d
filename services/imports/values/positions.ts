import { kilometres, misplaced, reachKm } from '#contracts/position-rules.ts';
import type { Position } from '#contracts/primitives.ts';
import { type NumberFormat, parseNumber } from './numbers.ts';
import type { Reproject } from './projection.ts';
import { ValueError } from './value-error.ts';

const number = String.raw`[+-]?\d+(?:\.\d+)?(?:e[+-]?\d+)?`;
const latitudeFirst = new RegExp(String.raw`^\(?\s*(${number})\s*[,;]\s*(${number})\s*\)?$`, 'i');
const longitudeFirst = new RegExp(
  String.raw`^(?:\[\s*(${number})\s*,\s*(${number})\s*(?:,\s*${number}\s*)?\]|(?:SRID=4326;\s*)?POINT\s*(?:ZM|Z|M)?\s*\(\s*(${number})\s+(${number})(?:\s+${number}){0,2}\s*\))$`,
  'i',
);
/** As ODK, Kobo and Survey123 print a point: latitude longitude altitude accuracy. Two numbers alone must be as exact as a place is. */
const spaced = new RegExp(
  String.raw`^(?:(${number})\s+(${number})(?:\s+${number}){1,2}|([+-]?\d+\.\d{3,})\s+([+-]?\d+\.\d{3,}))$`,
  'i',
);
/** Decimal commas; what is between the two numbers is no comma, or one with a space behind it. */
const decimalComma =
  /^\(?\s*([+-]?\d{1,3},\d+)(?:\s*[;|/]\s*|\s+|,\s+|,(?=\d{1,3},\d{3}))([+-]?\d{1,3},\d+)(?:\s+[+-]?\d+(?:,\d+)?){0,2}\s*\)?$/;
/** A GeoJSON geometry as text. */
const geoJsonPoint = new RegExp(
  String.raw`^\{(?=[^}]*"type"\s*:\s*"Point")[^}]*"coordinates"\s*:\s*\[\s*(${number})\s*,\s*(${number})[^\]]*\][^}]*\}$`,
  'i',
);
/** Address of a map with a place in it. */
const link = new RegExp(String.raw`^https?://\S*?(?:[@=/]|%40)(${number})(?:,|%2C)(${number})`, 'i');
const degreesMinutes =
  /^(?:([NSEWBĐTđ])\s*)?([+-]?\d{1,3})\s*(?:°|º|˚|d|độ|\s)\s*(\d{1,2}(?:[.,]\d+)?)\s*(?:['’′]|m|phút|\s|$)\s*(?:(\d{1,2}(?:[.,]\d+)?)\s*(?:"|”|″|''|’’|s|giây)?)?\s*([NSEWBĐTđ])?$/iu;

const notAPosition = () =>
  new ValueError(
    'not a position: "(lat, lon)", "[lon, lat]" or "POINT (lon lat)"',
    'không phải là vị trí: "(vĩ độ, kinh độ)", "[kinh độ, vĩ độ]" hoặc "POINT (kinh độ vĩ độ)"',
  );

/**
 * A position written in one cell: "(lat, lon)" or "lat, lon" as portals print it, "lat lon altitude accuracy" as survey tools, "[lon, lat]" as
 * GeoJSON, "POINT (lon lat)", degrees with minutes and seconds, the address of a map.
 *
 * @throws ValueError
 */
export function parsePair(text: string): [lon: number, lat: number] {
  const trimmed = text.trim();
  const byLongitude = longitudeFirst.exec(trimmed);
  if (byLongitude) return [Number(byLongitude[1] ?? byLongitude[3]), Number(byLongitude[2] ?? byLongitude[4])];
  const byGeometry = geoJsonPoint.exec(trimmed);
  if (byGeometry) return [Number(byGeometry[1]), Number(byGeometry[2])];
  const byLatitude = latitudeFirst.exec(trimmed) ?? spaced.exec(trimmed) ?? link.exec(trimmed);
  if (byLatitude) return [Number(byLatitude[2] ?? byLatitude[4]), Number(byLatitude[1] ?? byLatitude[3])];
  const comma = decimalComma.exec(trimmed);
  if (comma) return [Number(comma[2]!.replace(',', '.')), Number(comma[1]!.replace(',', '.'))];
  return pairOfDegrees(trimmed);
}

/** Two angles with a letter each: N, S, E, W, or as Vietnamese maps have it B (bắc), N (nam), Đ (đông), T (tây). */
function pairOfDegrees(text: string): [lon: number, lat: number] {
  const cuts = [...text.matchAll(/[,;/]\s*|\s+(?=\d{1,3}\s*[°º˚])|(?<=[NSEWBĐT])\s*(?=\d)|\s+(?=[NSEWBĐT]\s*\d)/giu)];
  for (const { index, 0: mark } of cuts) {
    const [first, second] = [text.slice(0, index), text.slice(index + mark.length)].map((part) => angle(part.trim()));
    if (!first || !second) continue;
    if (first.axis === 'lon' || second.axis === 'lat') return [first.degrees, second.degrees];
    return [second.degrees, first.degrees];
  }
  throw notAPosition();
}

/** Degrees, minutes and seconds; undefined when the text is none. */
function angle(text: string): { degrees: number; axis?: 'lat' | 'lon' } | undefined {
  const plain = lettered.exec(text);
  if (plain) return { degrees: signed(plain[1]!, plain[2]!), axis: axisOf(plain[2]!) };
  const match = degreesMinutes.exec(text);
  if (!match || (match[1] && match[6])) return undefined;
  const [, before, whole, minutes, seconds, behind] = match;
  const letter = (before ?? behind)?.toUpperCase();
  const parts = [minutes, seconds ?? '0'].map((part) => Number(part!.replace(',', '.')));
  if (parts.some((part) => part >= 60))
    throw new ValueError('minutes and seconds of an angle are below 60', 'phút và giây của góc phải nhỏ hơn 60');
  const size = Math.abs(Number(whole)) + parts[0]! / 60 + parts[1]! / 3600;
  const negative = whole!.startsWith('-') || letter === 'S' || letter === 'W' || letter === 'T';
  return { degrees: round(negative ? -size : size), ...(letter ? { axis: axisOf(letter) } : {}) };
}

/** "10.7253° N": degrees with their letter behind. */
const lettered = /^([+-]?\d{1,3}(?:[.,]\d+)?)\s*°?\s*([NSEWBĐT])$/iu;
const axisOf = (letter: string) => (/[EWĐT]/iu.test(letter) ? 'lon' : 'lat');
const signed = (size: string, letter: string) => Number(size.replace(',', '.')) * (/[SWT]/i.test(letter) ? -1 : 1);

/** One coordinate in degrees: a sign between digits stands before the decimals, there are no thousands of degrees. */
function degreesOf(text: string): number {
  const trimmed = text
    .trim()
    .replace(/\s*°$/, '')
    .replace(/^\u2212/, '-');
  if (/^[+-]?\d{1,3}([.,]\d{3}){2,}$/.test(trimmed))
    throw new ValueError(
      'a spreadsheet has put thousands marks into this coordinate; format the column as text and save again',
      'bảng tính đã chèn dấu nghìn vào tọa độ này; hãy định dạng cột là văn bản rồi lưu lại',
    );
  if (/^[+-]?\d+,\d+$/.test(trimmed)) return Number(trimmed.replace(',', '.'));
  return angle(trimmed)?.degrees ?? parseNumber(trimmed);
}

/** Two cells, in degrees or in the metres of a projected system. @param format of metres: degrees have no thousands. @throws ValueError */
export function parseTwo(
  x: string,
  y: string,
  reproject?: Reproject,
  format?: NumberFormat,
): [lon: number, lat: number] {
  if (reproject) return reproject([parseNumber(x, format), parseNumber(y, format)]);
  return [degreesOf(x), degreesOf(y)];
}

const exchanged = () => new ValueError('latitude and longitude look exchanged', 'vĩ độ và kinh độ có vẻ bị đổi chỗ');

/** @throws ValueError when the point is not on Earth, or far from `near` (the district), saying so when the two numbers look exchanged */
export function checkedPosition([lon, lat]: [number, number], near?: Position): Position {
  const swapped = Math.abs(lon) <= 90 && Math.abs(lat) <= 180;
  if (Math.abs(lat) > 90 || Math.abs(lon) > 180 || Number.isNaN(lon + lat)) {
    if (swapped && (!near || kilometres(near, { lon: lat, lat: lon }) <= reachKm)) throw exchanged();
    throw new ValueError(
      'not on Earth: longitude -180 to 180, latitude -90 to 90',
      'không có trên Trái Đất: kinh độ từ -180 đến 180, vĩ độ từ -90 đến 90',
    );
  }
  const position = { lon: round(lon), lat: round(lat) };
  const fault = misplaced(position, near);
  if (fault) throw new ValueError(fault.en, fault.vi);
  return position;
}

/** Seven decimals are a centimetre. */
const round = (degrees: number) => Math.round(degrees * 1e7) / 1e7;
