import { plainText } from '#contracts/names.ts';
import type { Position } from '#contracts/primitives.ts';
import type { Row } from './table/row.ts';
import { checkedPosition, parsePair } from './values/positions.ts';
import { unwrapped } from './values/spreadsheet-cell.ts';
import { ValueError } from './values/value-error.ts';

/** Two columns that hold one coordinate each. */
export interface CoordinateColumns {
  latitude: number;
  longitude: number;
}

const wordsOf = (column: string) => plainText(column.replace(/([a-z])([A-Z])/g, '$1 $2')).split(' ');
/** Words that add nothing to the name of a coordinate. */
const idle =
  /^(wgs|wgs84|84|4326|dd|dec|decimal|deg|degree|degrees|epsg|utm|vn2000|vn|2000|m|coord|coords|coordinate|value)$/;
/** What may stand before a bare x or y: Survey123 and ArcGIS write x, POINT_X, SHAPE.Y. */
const beforeXy = /^(|point|shape|geom|geometry|centroid|gps|geo|coord|coordinate|toa do|xy|location)$/;

/** Which coordinate a column's name ends in or begins with, and the rest of the name: `_gps_latitude` is the latitude of "gps". */
function coordinateOf(column: string): { axis: 'latitude' | 'longitude'; of: string } | undefined {
  const words = wordsOf(column).filter((word) => !idle.test(word));
  const without = (from: number, count: number) => words.toSpliced(from, count).join(' ');
  for (const [index, word] of words.entries()) {
    if (word === 'latitude' || word === 'lat') return { axis: 'latitude', of: without(index, 1) };
    if (word === 'longitude' || word === 'lon' || word === 'lng' || word === 'long')
      return { axis: 'longitude', of: without(index, 1) };
    if (word === 'vi' && words[index + 1] === 'do') return { axis: 'latitude', of: without(index, 2) };
    if (word === 'kinh' && words[index + 1] === 'do') return { axis: 'longitude', of: without(index, 2) };
  }
  const last = words.at(-1);
  const before = words.slice(0, -1).join(' ');
  if ((last === 'x' || last === 'y') && beforeXy.test(before))
    return { axis: last === 'x' ? 'longitude' : 'latitude', of: before };
  return undefined;
}

/** Every pair of columns that are the two coordinates of one thing, under whatever prefix a form has put before them. */
export function coordinatePairs(columns: string[], free: (column: number) => boolean): CoordinateColumns[] {
  const found = new Map<string, Partial<CoordinateColumns>>();
  for (const [index, column] of columns.entries()) {
    const coordinate = free(index) ? coordinateOf(column) : undefined;
    if (!coordinate) continue;
    // "Vĩ độ (Y)" and "Kinh độ (X)" are of the same thing.
    const of = coordinate.of.replace(/(^| )[xy]$/, '');
    const pair = found.get(of) ?? {};
    pair[coordinate.axis] ??= index;
    found.set(of, pair);
  }
  return [...found.values()].filter(
    (pair): pair is CoordinateColumns => pair.latitude !== undefined && pair.longitude !== undefined,
  );
}

/** What the first rows say of a column as a place in one cell: most of its cells are one, or not, or all are blank. A row that has none is told by itself. */
export function placesIn(column: number, sample: Row[], near?: Position): 'places' | 'other' | 'blank' {
  const cells = sample.map((row) => unwrapped((row.cells[column] ?? '').trim())).filter((cell) => cell !== '');
  const places = cells.filter((cell) => isPlace(cell, near)).length;
  if (cells.length === 0) return 'blank';
  return places * 2 > cells.length ? 'places' : 'other';
}

function isPlace(cell: string, near: Position | undefined): boolean {
  try {
    checkedPosition(parsePair(cell), near);
    return true;
  } catch (error) {
    if (error instanceof ValueError) return error.message.includes('exchanged');
    throw error;
  }
}

/** Nothing but letters: no trace of a number that could be a coordinate. */
export const holdsWords = (column: number, sample: Row[]): boolean => {
  const cells = sample.map((row) => (row.cells[column] ?? '').trim()).filter((cell) => cell !== '');
  return cells.length > 0 && cells.every((cell) => /\p{L}{2}/u.test(cell) && !/\d[.,]\d{3,}|[°º]/.test(cell));
};
