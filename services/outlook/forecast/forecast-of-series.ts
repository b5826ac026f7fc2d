import {
  type DistrictAnswer,
  districtOptions,
  ForecastAbstainedError,
  forecastDistrictSeries,
  isoDate,
  nowcastTotals,
  reportTriangle,
  type Seen,
  type SeenHistory,
  seenReports,
  serialInterval,
  stockOptions,
  withNetwork,
} from '@vungxanh/ml';
import { abstainingAreas, type IssuedForecast, rising } from './forecast-of-history.ts';
import type { NetworkOrNot } from './network-of-question.ts';
import { elsewhere, endDayOf, type TargetSeries } from './target-series.ts';

export interface SeriesQuestion {
  series: TargetSeries;
  seed: number;
  /** registered version, goes into the card's id */
  version: string;
  rules: { day: Rules; week: Rules };
  settledDays: number;
  serial: { meanDays: number; sdDays: number; longestDays: number };
  /** the version averages in the pre-trained network */
  withNetwork?: boolean;
}

/** In steps. */
interface Rules {
  leastPeriods: number;
  mostAge: number;
  mostGap: number;
  within: number;
}

/** Moments that are rehearsed, newest first; older ones teach little and cost as much. */
const mostMoments = { day: 120, week: 80 };
const leastWeeks = 4;

/** What was known at the end of each day or week, the present one last. */
export function momentsOf(series: TargetSeries): SeenHistory {
  const { areas, total, step, kind, source } = series;
  const week = step === 'day' ? 7 : 1;
  const moments: Seen[] = [];
  if (source.form === 'reports') {
    const { changes, firstDay, lastDay } = source;
    const triangle = reportTriangle(changes, firstDay, lastDay);
    const totals = nowcastTotals(triangle);
    const from = Math.max(firstDay + leastWeeks * week - 1, lastDay - mostMoments.day + 1);
    for (let origin = Math.min(from, lastDay); origin <= lastDay; origin++)
      moments.push(seenReports(triangle, origin, total >= 0, totals));
  } else {
    const { first, last, values, earlier } = source;
    const steps = last - first + 1;
    const known = new Map(earlier.map((one) => [one.last, one.values]));
    const from = Math.max(first + leastWeeks * week - 1, last - mostMoments[step] + 1);
    for (let origin = Math.min(from, last); origin < last; origin++) {
      const length = origin - first + 1;
      const cut = new Float64Array(areas.length * length);
      for (let area = 0; area < areas.length; area++)
        cut.set(values.subarray(area * steps, area * steps + length), area * length);
      moments.push({ first, last: origin, values: known.get(origin) ?? cut });
    }
    moments.push({ first, last, values });
  }
  return { areas, total, step, kind, moments };
}

/** A target of every area, one to four weeks ahead and day by day; areas that cannot be forecast say why. */
export function forecastOfSeries(question: SeriesQuestion, network?: NetworkOrNot): IssuedForecast[] {
  const { series, seed, version, rules, settledDays, serial } = question;
  const { target, withheld = [] } = series;
  const history = momentsOf(series);
  const last = history.moments.at(-1)!.last;
  const dataThroughDate = isoDate(endDayOf(series, last));
  const idOf = (hash: string) => `forecast-${version}-${target}-${dataThroughDate}-${hash.slice(0, 12)}`;
  const options =
    series.kind === 'stock'
      ? stockOptions()
      : districtOptions(serialInterval(serial.meanDays, serial.sdDays, serial.longestDays));
  let answer: DistrictAnswer;
  try {
    answer = forecastDistrictSeries({
      history,
      now: series.now,
      horizonWeeks: 4,
      options: network && 'member' in network ? withNetwork(options, network.member) : options,
      rules: rules[series.step],
      breaks: series.breaks,
      settledDays,
      seed,
      codeVersion: version,
    });
  } catch (error) {
    if (error instanceof ForecastAbstainedError)
      return abstainingAreas([...spoken(error.abstentions), ...withheld], target, dataThroughDate, idOf('none'));
    throw error;
  }
  const cardId = idOf(answer.card.dataHash);
  const targetDate = (steps: number) => isoDate(endDayOf(series, last + steps));
  const areas = answer.areas.filter(({ area }) => area !== elsewhere);
  const said = areas.map(
    ({ area, method, reason, weeks, days }): IssuedForecast => ({
      areaId: area,
      target,
      dataThroughDate,
      cardId,
      method,
      ...(reason === null ? {} : { reason }),
      horizons: weeks.map(({ steps, quantiles, baseline }, h) => ({
        weeks: h + 1,
        targetDate: targetDate(steps),
        quantiles: rising(quantiles),
        baseline: rising(baseline),
      })),
      ...(days
        ? {
            days: days.map(({ steps, quantiles, baseline }) => ({
              days: steps,
              targetDate: targetDate(steps),
              quantiles: rising(quantiles),
              baseline: rising(baseline),
            })),
          }
        : {}),
    }),
  );
  // the card counts its window in weeks, whatever the steps
  const weekOf = (at: number) => Math.floor(endDayOf(series, at) / 7);
  const card = {
    ...answer.card,
    kind: 'forecast-combination',
    target,
    step: series.step,
    source: series.source.form,
    dataFirst: weekOf(answer.card.dataFirst),
    dataLast: weekOf(last),
    dataFirstDate: isoDate(endDayOf(series, answer.card.dataFirst)),
    ...(network ? { network: saidOfNetwork(network) } : {}),
  };
  said[0] = { ...said[0]!, card: JSON.parse(JSON.stringify(card)) };
  return [...said, ...abstainingAreas([...spoken(answer.abstentions), ...withheld], target, dataThroughDate, cardId)];
}

/** What the card says of the network: which weights, from when their epidemics are, and the tests in which it fails; or why it was left out. */
function saidOfNetwork(network: NetworkOrNot) {
  if ('refused' in network) return { refused: network.refused };
  const { weightsHash, parameters, steps, dataWindow, trainedOn, fails } = network.member.card;
  return { weightsHash, parameters, steps, dataWindow, trainedOn: trainedOn.map(({ name }) => name), fails };
}

/** Of what lies in none of the areas nothing is said alone. */
const spoken = <One extends { area: string }>(abstentions: readonly One[]): One[] =>
  abstentions.filter(({ area }) => area !== elsewhere);
