import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { openTable } from './open-table.ts';
import type { Row } from './row.ts';
import { textSource } from './source-bytes.ts';
import { DamagedFile } from './structural-damage.ts';

async function read(text: string | Uint8Array): Promise<{ columns: string[]; rows: Row[] }> {
  const table = await openTable(textSource(text));
  const rows: Row[] = [];
  for await (const row of table.rows()) rows.push(row);
  return { columns: table.columns, rows };
}

async function damage(text: string | Uint8Array) {
  const error = await read(text).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(DamagedFile);
  return (error as DamagedFile).damage;
}

test.each([',', ';', '\t', '|'])('finds the delimiter %j, with and without BOM, packed or not', async (mark) => {
  const text = [`area${mark}cases`, `"a${mark}1"${mark}2`, '', `b${mark}3`].join('\r\n');
  for (const bytes of [text, `\uFEFF${text}`, gzipSync(text)]) {
    const { columns, rows } = await read(bytes);
    expect(columns).toEqual(['area', 'cases']);
    expect(rows).toEqual([
      { line: 2, cells: [`a${mark}1`, '2'] },
      { line: 4, cells: ['b', '3'] },
    ]);
  }
});

test('lines are counted through cells that hold several', async () => {
  const { rows } = await read('a,b\n"x\ny",1\nz,2\n');
  expect(rows.map(({ line }) => line)).toEqual([2, 4]);
});

test('Vietnamese text is kept composed, whichever way it came', async () => {
  const { columns, rows } = await read('Phường,n\nTân Thuận Đông,1\n'.normalize('NFD'));
  expect(columns[0]).toBe('Phường'.normalize('NFC'));
  expect(rows[0]!.cells[0]).toBe('Tân Thuận Đông'.normalize('NFC'));
});

test('whatever is in the cells comes back', async () => {
  const cell = fc.string({ unit: 'grapheme', maxLength: 12 }).map((text) => text.normalize('NFC').replaceAll('\r', ''));
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(cell, cell, cell), { minLength: 1, maxLength: 8 }), async (rows) => {
      fc.pre(rows.flat().every((text) => !text.includes('\uFFFD')));
      const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
      const text = [['one', 'two', 'three'], ...rows].map((cells) => cells.map(quoted).join(',')).join('\n');
      expect((await read(text)).rows.map(({ cells }) => cells)).toEqual(rows);
    }),
    { numRuns: 60 },
  );
});

test('structural damage refuses the whole file and names the lines', async () => {
  expect(await damage('<<<<<<< HEAD\na,b\n1,2\n=======\na,b\n3,4\n>>>>>>> 2a22\n')).toMatchObject([
    { line: 1 },
    { line: 4 },
    { line: 7 },
  ]);
  expect(await damage('a,b\n1,2\n1,2,3\n4\n')).toEqual([
    { line: 3, reason: '3 cells, the columns are 2' },
    { line: 4, reason: '1 cells, the columns are 2' },
  ]);
  expect(await damage('a,b\n1,2\n"3,4\n')).toMatchObject([{ reason: expect.stringContaining('not CSV') }]);
  expect(await damage('a,a\n1,2\n')).toMatchObject([{ line: 1, reason: expect.stringContaining('two columns') }]);
  expect(await damage(Buffer.from([0x61, 0x2c, 0x62, 0x0a, 0xff, 0xfe, 0x2c, 0x31, 0x0a]))).toMatchObject([
    { line: 2, reason: expect.stringContaining('UTF-8') },
  ]);
  expect(await damage(gzipSync('a,b\n1,2\n'.repeat(5000)).subarray(0, 60))).toMatchObject([
    { reason: expect.stringContaining('compressed') },
  ]);
  expect(await damage('{"type":"FeatureCollection",\n"features":[\n{]}')).toMatchObject([{ line: 3 }]);
});

test('GeoJSON features are rows with their geometry; the obsolete crs member is kept', async () => {
  const feature = {
    type: 'Feature',
    properties: { id: 1, name: 'Tân Phú' },
    geometry: { type: 'Point', coordinates: [1, 2] },
  };
  const table = await openTable(
    textSource(
      JSON.stringify({
        type: 'FeatureCollection',
        crs: { type: 'name', properties: { name: 'EPSG:32648' } },
        features: [feature],
      }),
    ),
  );
  expect(table).toMatchObject({ columns: ['id', 'name'], crs: 'EPSG:32648', unit: 'feature' });
  for await (const row of table.rows())
    expect(row).toEqual({ line: 1, cells: ['1', 'Tân Phú'], geometry: feature.geometry });
});

test('a line break in quotes does not turn the quotes of the delimiter’s search inside out', async () => {
  const { columns, rows } = await read('one,two\r\n"a\nb","=;;"\r\n');
  expect([columns, rows.map(({ cells }) => cells)]).toEqual([['one', 'two'], [['a\nb', '=;;']]]);
});
