// npm run calibration: how far what the product says of the last days and the next weeks is to be trusted, on exercises and on New York.

import { networkFor } from '../../services/outlook/forecast/network-of-question.ts';
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
  --only PART              last-days, new-york, clusters or forecasts
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

const only = told('--only');
const wants = (part: string) => only === undefined || only === part;
const lastDays = wants('last-days') ? measureLastDays() : null;
const newYork = wants('new-york') ? measureNewYork() : null;
const clusters = wants('clusters') ? measureClusters() : null;
const forecasts = wants('forecasts') ? await measureForecasts() : null;
process.stdout.write(`${JSON.stringify({ seeds, lastDays, newYork, clusters, ...forecasts })}\n`);

function measureLastDays() {
  const table = emptyLastDays();
  for (const seed of seeds) addLastDays(table, exerciseReports(seed), 2);
  const rows = lastDaysRows(table);
  print(`Nowcast, district, ${seeds.length} exercises, 91 evenings each, against what was reported in the end`);
  printRows(rows.district, 'days');
  print('Nowcast, wards');
  printRows(rows.wards, 'days');
  print(`Lower bound below what is reported: ${percent(rows.lowerBoundBelowReported)}`);
  const { rt } = rows;
  print(
    `Rt of the last day: the 95 % interval held the final value in ${percent(rt.held95)} of ${rt.moments} evenings; a direction was said in ${percent(rt.directionTold)}, the wrong one in ${percent(rt.directionWrong)}`,
  );
  return rows;
}

function measureNewYork() {
  const measured = newYorkNowcast(folder ? fromCaller(folder) : sharedFolder('nyc-covid'));
  if (!measured) {
    print('left out: New York (its recorded set is not at hand; --data FOLDER)');
    return null;
  }
  print(`Nowcast of weeks as New York published them, ${measured.from} to ${measured.to}`);
  for (const [name, { series, neverRevised, weeks }] of [
    ['boroughs', measured.boroughs] as const,
    ['areas', measured.areas] as const,
  ]) {
    print(`  ${series} ${name}; ${percent(neverRevised)} of the published values stayed as they were`);
    printRows(weeks, 'publication');
  }
  return measured;
}

function measureClusters() {
  const trials = emptyTrials();
  for (const seed of seeds) addClusterTrials(trials, exerciseReports(seed), 20, 4);
  const rows = clusterRows(trials);
  print(
    `Clusters: of ${rows.trials} with eight cases in three days in one neighbourhood of 1,000 people ${percent(rows.raised)} were raised; of ${rows.months} months without a cluster ${percent(rows.monthsWithFalseAlarm)} had an alarm`,
  );
  return rows;
}

/** With the pre-trained network, as the service forecasts, and without it. */
async function measureForecasts() {
  const network = await networkFor({ withNetwork: true, series: { kind: 'flow' } });
  const [withIt, without] = [emptyForecasts(), emptyForecasts()];
  for (const seed of seeds) {
    const list = exerciseReports(seed);
    addForecasts(withIt, list, network);
    addForecasts(without, list);
  }
  const tables = { forecasts: forecastTableRows(withIt), forecastsWithoutNetwork: forecastTableRows(without) };
  for (const [how, table] of [
    ['with the network', tables.forecasts] as const,
    ['without it', tables.forecastsWithoutNetwork] as const,
  ])
    for (const [name, rows] of [['district', table.district] as const, ['wards', table.wards] as const]) {
      print(`Forecasts as shown, ${how}, ${name}: 95 % (50 %) held, WIS beside the flat baseline's`);
      for (const { weeks, cells, held50, held95, relativeWis } of rows)
        print(`  ${weeks} weeks  ${cells} cells  ${percent(held95)} (${percent(held50)})  ${relativeWis.toFixed(2)}`);
    }
  return tables;
}

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
