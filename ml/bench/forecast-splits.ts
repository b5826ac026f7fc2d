/**
 * Where a score comes from: `node ml/bench/forecast-splits.ts SERIES FILE.csv [FILE.csv …]` prints, for each forecast file, relative
 * WIS and coverage by half, season, horizon and size of area, against the hub baseline (`--ensemble`: against the ensemble).
 * Reads the hub folder from `VX_SHARED` (or `../shared`)/data/forecast-hub. US is left out.
 */
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import type { HubSeriesName } from '../forecast/hub-folder.ts';
import { dayNumber, isoDate } from '../numerics/days.ts';
import { GroupScores, groupHeader, groupsOf, loadForecasts, loadYardstick } from './score-groups.ts';

const shared = process.env.VX_SHARED ?? join(import.meta.dirname, '../../../shared');
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { ensemble: { type: 'boolean' }, from: { type: 'string' }, to: { type: 'string' } },
});
const [series, ...files] = positionals;
if (!series || files.length === 0)
  throw new Error('usage: forecast-splits SERIES FILE.csv … [--ensemble] [--from --to]');
const yardstick = loadYardstick(join(shared, 'data/forecast-hub'), series as HubSeriesName);
const against = values.ensemble ? yardstick.ensemble : yardstick.baseline;
if (!against) throw new Error(`${series}: the folder has no ensemble`);
console.log(groupHeader);
for (const file of files) {
  const own = loadForecasts(file);
  if (!own) throw new Error(`no such file: ${file}`);
  const scores = new GroupScores();
  for (const [key, cell] of [...own].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const [date, area, horizon] = key.split('|') as [string, string, string];
    const observed = yardstick.truth.get(`${area}|${isoDate(dayNumber(date) + 7 * Number(horizon))}`);
    const other = against.get(key);
    if (area === 'US' || observed === undefined || !other) continue;
    if (date < (values.from ?? '') || date > (values.to ?? '9999')) continue;
    scores.add(groupsOf(yardstick, date, area, Number(horizon)), cell, other, observed, yardstick.multiplier);
  }
  for (const line of scores.lines(basename(file, '.csv'))) console.log(line);
}
