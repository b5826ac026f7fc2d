/**
 * Backtests from the command line:
 *   node ml/backtest.ts forecast --data DIR --series covid-us/hosp|covid-us/ed|flu-us/hosp --out FILE.csv
 *                                [--from DATE --to DATE] [--seed N]
 *   node ml/backtest.ts risk --data DIR --out FILE.csv [--from DATE]
 */
import { parseArgs } from 'node:util';
import { runHubBacktest } from './forecast/hub-backtest.ts';
import type { HubSeriesName } from './forecast/hub-folder.ts';

const usage = `npm run backtest -- forecast --data DIR --series NAME --out FILE [--from DATE --to DATE] [--seed N]
npm run backtest -- risk --data DIR --out FILE [--from DATE]

  --data DIR     folder of the recorded sets
  --series NAME  covid-us/hosp, covid-us/ed or flu-us/hosp
  --out FILE     where the scores are written, CSV
  --from, --to   first and last day of the forecasts, YYYY-MM-DD
  --seed N       of what is drawn (7)
  --help         this text`;

function drawProgress(label: string): (share: number) => void {
  return (share) => {
    const width = 40;
    const full = Math.round(share * width);
    process.stderr.write(`\r${label} [${'#'.repeat(full)}${'.'.repeat(width - full)}] ${Math.round(share * 100)} %`);
    if (share >= 1) process.stderr.write('\n');
  };
}

async function runForecast(argv: string[]): Promise<void> {
  const { values } = parseArgs({
    args: argv,
    options: {
      data: { type: 'string' },
      series: { type: 'string' },
      out: { type: 'string' },
      from: { type: 'string' },
      to: { type: 'string' },
      seed: { type: 'string', default: '7' },
    },
  });
  const { data, series, out, from, to } = values;
  if (!data || !series || !out) throw new Error(usage);
  await runHubBacktest({
    dir: data,
    series: series as HubSeriesName,
    out,
    from,
    to,
    seed: Number(values.seed),
    progress: drawProgress(series),
  });
}

const [command, ...rest] = process.argv.slice(2);
if (process.argv.includes('--help') || process.argv.includes('-h')) {
  process.stdout.write(`${usage}\n`);
  process.exit(0);
}
try {
  if (command === 'forecast') await runForecast(rest);
  else if (command === 'risk') {
    const { runRiskBacktest } = await import('./risk/backtest.ts');
    await runRiskBacktest(rest);
  } else throw new Error(usage);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
  process.exitCode = 1;
}
