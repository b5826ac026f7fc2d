import type { Feature, FeatureCollection } from 'geojson';
import type { Row, Table } from './row.ts';
import type { SourceFile } from './source-bytes.ts';
import { DamagedFile } from './structural-damage.ts';

/** GeoJSON is one value and is read whole; beyond this a CSV is the better way in. */
const limitBytes = 256 * 1024 * 1024;

type WithCrs = FeatureCollection & { crs?: { properties?: { name?: string } } };

/** A FeatureCollection as a table: properties are the columns, the geometry comes along. The obsolete `crs` member is obeyed. */
export async function geojsonTable(source: SourceFile): Promise<Table> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of await source.open()) {
    length += (part as Buffer).length;
    if (length > limitBytes)
      throw new DamagedFile([{ line: 1, reason: `more than ${limitBytes} bytes of GeoJSON` }], 1, [
        `GeoJSON dài hơn ${limitBytes} byte`,
      ]);
    parts.push(part as Buffer);
  }
  const collection = parsed(
    Buffer.concat(parts)
      .toString('utf8')
      .replace(/^\uFEFF/, ''),
  );
  const columns = [...new Set(collection.features.flatMap(({ properties }) => Object.keys(properties ?? {})))];
  if (collection.features.some(({ id }) => id !== undefined) && !columns.includes('id')) columns.push('id');
  const crs = collection.crs?.properties?.name;
  return {
    columns,
    unit: 'feature',
    ...(crs ? { crs } : {}),
    rows: async function* (options) {
      options?.onRead?.(source.size);
      for (const [index, feature] of collection.features.entries()) yield asRow(feature, columns, index + 1);
    },
  };
}

function asRow(feature: Feature, columns: string[], line: number): Row {
  const cells = columns.map((column) => {
    const value = feature.properties?.[column] ?? (column === 'id' ? feature.id : undefined);
    if (value === null || value === undefined) return '';
    if (typeof value === 'number') return numberCell(value);
    return (typeof value === 'object' ? JSON.stringify(value) : String(value)).normalize('NFC');
  });
  return { line, cells, geometry: feature.geometry };
}

/** JSON has one way of writing numbers: 12.345 gets a zero, so that nobody takes it for twelve thousand. */
const numberCell = (value: number): string => (/^-?\d{1,3}\.\d{3}$/.test(String(value)) ? `${value}0` : String(value));

function parsed(text: string): WithCrs {
  let value: WithCrs;
  try {
    value = JSON.parse(text) as WithCrs;
  } catch (error) {
    const at = /position (\d+)/.exec((error as Error).message)?.[1];
    const line = at ? text.slice(0, Number(at)).split('\n').length : 1;
    const { message } = error as Error;
    throw new DamagedFile([{ line, reason: `not JSON: ${message}` }], 1, [`không phải JSON (${message})`]);
  }
  if (value?.type !== 'FeatureCollection' || !Array.isArray(value.features))
    throw new DamagedFile([{ line: 1, reason: 'not a GeoJSON FeatureCollection' }], 1, [
      'không phải một FeatureCollection của GeoJSON',
    ]);
  return value;
}
