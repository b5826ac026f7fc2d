// npm run calibration: how far what the product says of the last days and the next weeks is to be trusted, on exercises and on New York.
import { addClusterTrials, clusterRows, emptyTrials } from '../calibration/cluster-trials.ts';
import { exerciseReports } from '../calibration/exercise-reports.ts';
import { addForecasts, emptyForecasts, forecastTableRows } from '../calibration/forecast-weeks.ts';
import { addLastDays, emptyLastDays, lastDaysRows } from '../calibration/last-days.ts';
import { newYorkNowcast } from '../calibration/new-york.ts';
import { fromCaller, helpAsked, sharedFolder } from './product.ts';

helpAsked(`npm run calibration [-- --seeds 2021,7,…] [--data FOLDER] [--json]

Plays exercises without any server and asks, evening by evening, what the product would have said with what was known then; then compares it with what came.
The same with the weekly revisions that New York published, where they are at hand. Minutes. The last line is one JSON object.

  --seeds 2021,7,42,1,99   exercises
  --data FOLDER            New York's recorded set (default: VX_SHARED, or beside the project)
  --json                   only the last line
  --help                   this text`);

const told = (name: string) => {
  const at = process.argv.indexOf(name);
  return at < 0 ? undefined : process.argv[at + 1];
};
const json = process.argv.includes('--json');
const print = (line: string) => {
  if (!json) process.stdout.write(`${line}\n`);
};
const seeds = (told('--seeds') ?? '2021,7,42,1,99').split(',').map(Number);
const folder = told('--data');

const table = emptyLastDays();
for (const seed of seeds) addLastDays(table, exerciseReports(seed), 2);
const lastDays = lastDaysRows(table);
print(`Nowcast, district, ${seeds.length} exercises, 91 evenings each, against what was reported in the end`);
printRows(lastDays.district, 'days');
print('Nowcast, wards');
printRows(lastDays.wards, 'days');
print(`Lower bound below what is reported: ${percent(lastDays.lowerBoundBelowReported)}`);
const { rt } = lastDays;
print(
  `Rt of the last day: the 95 % interval held the final value in ${percent(rt.held95)} of ${rt.moments} evenings; a direction was said in ${percent(rt.directionTold)}, the wrong one in ${percent(rt.directionWrong)}`,
);

const newYork = newYorkNowcast(folder ? fromCaller(folder) : sharedFolder('nyc-covid'));
if (newYork) {
  print(`Nowcast of weeks as New York published them, ${newYork.from} to ${newYork.to}`);
  for (const [name, { series, neverRevised, weeks }] of [
    ['boroughs', newYork.boroughs] as const,
    ['areas', newYork.areas] as const,
  ]) {
    print(`  ${series} ${name}; ${percent(neverRevised)} of the published values stayed as they were`);
    printRows(weeks, 'publication');
  }
} else print('left out: New York (its recorded set is not at hand; --data FOLDER)');

const trials = emptyTrials();
for (const seed of seeds) addClusterTrials(trials, exerciseReports(seed), 20, 4);
const clusters = clusterRows(trials);
print(
  `Clusters: of ${clusters.trials} with eight cases in three days in one neighbourhood of 1,000 people ${percent(clusters.raised)} were raised; of ${clusters.months} months without a cluster ${percent(clusters.monthsWithFalseAlarm)} had an alarm`,
);

const forecastTable = emptyForecasts();
for (const seed of seeds) addForecasts(forecastTable, exerciseReports(seed));
const forecasts = forecastTableRows(forecastTable);
for (const [name, rows] of [['district', forecasts.district] as const, ['wards', forecasts.wards] as const]) {
  print(`Forecasts as shown, ${name}: 95 % (50 %) held, WIS beside the flat baseline's`);
  for (const { weeks, cells, held50, held95, relativeWis } of rows)
    print(`  ${weeks} weeks  ${cells} cells  ${percent(held95)} (${percent(held50)})  ${relativeWis.toFixed(2)}`);
}

process.stdout.write(`${JSON.stringify({ seeds, lastDays, newYork: newYork ?? null, clusters, forecasts })}\n`);

type Row = ReturnType<typeof lastDaysRows>['district'][number];
function printRows(rows: readonly Row[], of: string): void {
  print(`  ${of.padEnd(12)} cells   50 %   95 %    bias   score beside a plain delay table`);
  for (const { lag, cells, held50, held95, bias, scoreBesidePlain } of rows)
    print(
      `  ${String(lag).padEnd(12)} ${String(cells).padStart(5)}  ${percent(held50).padStart(5)}  ${percent(held95).padStart(5)}  ${percent(bias).padStart(6)}   ${scoreBesidePlain.toFixed(2)}`,
    );
}

function percent(share: number): string {
  return `${(100 * share).toFixed(0)} %`;
}
