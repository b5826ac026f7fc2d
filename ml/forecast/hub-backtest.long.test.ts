import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { weekEnd, weekNumber } from '../numerics/days.ts';
import { createRandom } from '../numerics/random.ts';
import { runHubBacktest } from './hub-backtest.ts';

const first = weekNumber('2024-02-03');
const firstRound = weekNumber('2025-01-11');
const rounds = 3;
const areas = ['01', '02', '04', '05', '06', '08', 'US'];

/**
 * A small hub folder: one wave in six states, three rounds whose vintages hold all weeks up to theirs.
 * @param later multiplies everything that becomes known only with the last round
 */
function writeFolder(later: number): string {
  const dir = mkdtempSync(join(tmpdir(), 'hub-'));
  const folder = join(dir, 'flu-us');
  mkdirSync(folder);
  writeFileSync(
    join(folder, 'locations.csv'),
    [
      'location,abbreviation,location_name,population',
      ...areas.map((a, i) => `${a},A${i},Area ${i},${1e6 * (i + 1)}`),
    ].join('\n'),
  );
  const random = createRandom(1);
  const last = firstRound + rounds;
  const values = areas.map((_, i) =>
    Array.from({ length: last - first + 1 }, (_, t) => random.poisson((30 + 20 * i) * Math.exp(Math.sin(t / 7)))),
  );
  const roundRows = ['series,reference_date,as_of,last_observed_week'];
  const vintageRows = ['location,target_end_date,as_of,value'];
  const truthRows = ['location,target_end_date,value'];
  for (let r = 0; r < rounds; r++) {
    const lastWeek = firstRound - 1 + r;
    const asOf = weekEnd(lastWeek).replace(/..$/, (d) => String(Number(d) + 4).padStart(2, '0'));
    roundRows.push(`hosp,${weekEnd(lastWeek + 1)},${asOf},${weekEnd(lastWeek)}`);
    const factor = r === rounds - 1 ? later : 1;
    areas.forEach((a, i) => {
      for (let w = first; w <= lastWeek; w++)
        vintageRows.push(`${a},${weekEnd(w)},${asOf},${values[i]![w - first]! * factor}`);
    });
  }
  areas.forEach((a, i) => {
    for (let w = first; w <= last; w++) truthRows.push(`${a},${weekEnd(w)},${values[i]![w - first]! * later}`);
  });
  writeFileSync(join(folder, 'rounds.csv'), roundRows.join('\n'));
  writeFileSync(join(folder, 'truth-hosp.csv'), truthRows.join('\n'));
  writeFileSync(join(folder, 'vintages-hosp.csv.gz'), gzipSync(vintageRows.join('\n')));
  return dir;
}

async function forecastFile(dir: string, limits: { from?: string; to?: string } = {}): Promise<string> {
  const out = join(dir, `out-${limits.from ?? ''}-${limits.to ?? ''}.csv`);
  await runHubBacktest({ dir, series: 'flu-us/hosp', out, seed: 7, ...limits });
  return readFileSync(out, 'utf8');
}

const rowsOf = (text: string, referenceDate: string) => text.split('\n').filter((row) => row.startsWith(referenceDate));

describe('hub backtest', () => {
  it('is whole, repeatable, and blind to what became known later', { timeout: 600_000 }, async () => {
    const dir = writeFolder(1);
    const text = await forecastFile(dir);
    expect(text.split('\n')[0]).toBe('reference_date,location,horizon,target_end_date,output_type_id,value');
    expect(text.trim().split('\n')).toHaveLength(1 + rounds * areas.length * 4 * 23);
    expect(await forecastFile(dir)).toBe(text);

    const changed = await forecastFile(writeFolder(3));
    for (const r of [0, 1]) {
      const date = weekEnd(firstRound + r);
      expect(rowsOf(changed, date)).toEqual(rowsOf(text, date));
      expect(rowsOf(text, date).length).toBeGreaterThan(0);
    }
    const lastDate = weekEnd(firstRound + 2);
    expect(rowsOf(changed, lastDate)).not.toEqual(rowsOf(text, lastDate));

    // limits change which rounds are written, not what they say
    const second = weekEnd(firstRound + 1);
    expect(rowsOf(await forecastFile(dir, { from: second, to: second }), second)).toEqual(rowsOf(text, second));
  });
});
