import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { weekNumber } from '../numerics/days.ts';
import { valueAt } from '../numerics/panels.ts';
import { loadHubSeries, readRows, targetAsKnown } from './hub-folder.ts';

function folder(files: Record<string, string>): string {
  const dir = mkdtempSync(join(tmpdir(), 'hub-folder-'));
  mkdirSync(join(dir, 'flu-us'));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(dir, 'flu-us', name), text);
  return dir;
}

describe('hub folder', () => {
  it('reads columns in any order, quoted cells, a byte order mark and carriage returns', () => {
    const dir = folder({ 'a.csv': '\uFEFFname,value,note\r\n"Columbia, District of",5,"a ""b"""\r\nOhio,6,\r\n' });
    expect([...readRows(join(dir, 'flu-us', 'a.csv'), ['value', 'name', 'note'])]).toEqual([
      ['5', 'Columbia, District of', 'a "b"'],
      ['6', 'Ohio', ''],
    ]);
    expect(() => [...readRows(join(dir, 'flu-us', 'a.csv'), ['people'])]).toThrow('"people"');
  });
  it('takes no cell for a value that is none, and no week that was not over', async () => {
    const { gzipSync } = await import('node:zlib');
    const rows = [
      '01,2025-01-04,2025-01-22,7',
      '01,2025-01-11,2025-01-22,-3',
      '01,2025-01-18,2025-01-22,Infinity',
      '02,2025-01-04,2025-01-22,n/a',
      '02,2025-01-11,2025-01-22,',
      '02,2025-01-18,2025-01-22,0',
      '02,2025-01-25,2025-01-22,99',
      '77,2025-01-18,2025-01-22,5',
    ];
    const dir = folder({
      'locations.csv': 'location,population\n01,1000\n02,NA\n',
      'rounds.csv':
        'series,reference_date,as_of,last_observed_week\nhosp,2025-01-25,2025-01-22,2025-01-18\nhosp,2025-01-18,2025-01-15,2025-01-11\n',
    });
    writeFileSync(
      join(dir, 'flu-us', 'vintages-hosp.csv.gz'),
      gzipSync(`location,target_end_date,as_of,value\n${rows.join('\n')}\n`),
    );
    const series = loadHubSeries(dir, 'flu-us/hosp');
    expect([...series.population]).toEqual([1000, 0]);
    const { panel } = series.vintages[0]!;
    const week = weekNumber('2025-01-04');
    expect(panel.first + panel.length - 1).toBe(weekNumber('2025-01-18'));
    expect([0, 1, 2].map((k) => valueAt(panel, 0, week + k))).toEqual([7, Number.NaN, Number.NaN]);
    expect([0, 1, 2].map((k) => valueAt(panel, 1, week + k))).toEqual([Number.NaN, Number.NaN, 0]);
    // a round before the first vintage knows nothing: it must not read a later one
    expect(series.rounds.map((round) => targetAsKnown(series, round) === null)).toEqual([true, false]);
  });
});
