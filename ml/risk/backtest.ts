import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { dayNumber, isoDate } from '../numerics/days.ts';
import { readRiskData } from './backtest-data.ts';
import { defaultOptions } from './options.ts';
import { horizonWeeks, WalkForward } from './walk-forward.ts';

/** Bands of the yardstick: < 20, 20-< 50, 50-< 150, >= 150 per 100,000 a week. */
const yardstickCuts = [20, 50, 150];
const firstOriginWeek = 20;

const usage =
  'risk --data DIR[,LATER_DIR] --out FILE.csv [--from YYYY-MM-DD] [--to YYYY-MM-DD] [--model model|baseline]';

/** `npm run backtest -- risk …`: walks through the folder Thursday by Thursday and writes the probabilities of every band. */
export async function runRiskBacktest(argv: string[]): Promise<void> {
  const { values } = parseArgs({
    args: argv,
    options: {
      data: { type: 'string' },
      out: { type: 'string' },
      from: { type: 'string' },
      to: { type: 'string' },
      model: { type: 'string', default: 'model' },
    },
  });
  if (!values.data || !values.out) throw new Error(`--data and --out are needed: ${usage}`);
  if (!['model', 'baseline'].includes(values.model))
    throw new Error(`--model must be model or baseline, got "${values.model}"`);
  const [from, to] = [values.from, values.to].map((text) => (text ? dayNumber(text) : undefined));
  const data = readRiskData(values.data.split(','));
  if (data.skipped > 0) process.stderr.write(`${data.skipped} unreadable rows skipped\n`);
  const weekEnds = data.revisions.map((revision) => revision.weekEnd);
  const first = weekEnds.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  const last = weekEnds.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  const model = new WalkForward(data, defaultOptions, yardstickCuts);
  const lines = ['area_id,origin_week_end,horizon_weeks,p1,p2,p3,p4'];
  const bands = yardstickCuts.length + 1;
  // before a first week is known nothing can be said of any band: all equally likely
  const unknown = horizonWeeks.map(() => new Float64Array(data.areaIds.length * bands).fill(1 / bands));
  for (let origin = first; origin <= last; origin += 7) {
    const forecast = model.step(origin);
    progress(origin - first, last - first);
    if (origin < first + 7 * (firstOriginWeek - 1)) continue;
    if ((from !== undefined && origin < from) || (to !== undefined && origin > to)) continue;
    const chosen = (values.model === 'baseline' ? forecast?.baseline : forecast?.probabilities) ?? unknown;
    const week = isoDate(origin);
    chosen.forEach((probabilities, h) => {
      data.areaIds.forEach((id, i) => {
        const cells = Array.from(probabilities.subarray(i * bands, (i + 1) * bands), (p) => p.toFixed(5));
        lines.push(`${id},${week},${h + 1},${cells.join(',')}`);
      });
    });
  }
  writeFileSync(values.out, `${lines.join('\n')}\n`);
  process.stderr.write(`\r${values.out}: ${lines.length - 1} rows\n`);
}

function progress(done: number, total: number): void {
  if (process.stderr.isTTY) process.stderr.write(`\rrisk backtest ${Math.round((100 * done) / Math.max(1, total))} %`);
}
