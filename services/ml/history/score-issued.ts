import { dayNumber, hubLevels, scoreCell } from '@vungxanh/ml';

interface Horizon {
  weeks: number;
  targetDate: string;
  quantiles: number[];
  baseline: number[];
}

/** What became of the issued forecasts of one area and horizon. */
export interface TrackRecord {
  weeks: number;
  /** forecasts whose week is over and settled */
  of: number;
  held50: number;
  held95: number;
  /** mean weighted interval score, cases; null while nothing can be scored */
  wis: number | null;
  baselineWis: number | null;
  /** below one is better than the baseline */
  relativeWis: number | null;
  sentence: { vi: string; en: string } | null;
}

const scoredBands = 40;

/**
 * Scores what was issued against the truth as it is known at the moment.
 * @param truth cases of the seven days up to a day; undefined: not known or not settled
 */
export function scoreIssued(
  issued: readonly { horizons?: readonly Horizon[] }[],
  truth: (lastDay: number) => number | undefined,
): TrackRecord[] {
  return [1, 2, 3, 4].map((weeks) => {
    const cells = issued
      .flatMap(({ horizons }) => horizons?.filter((horizon) => horizon.weeks === weeks) ?? [])
      .flatMap((horizon) => {
        const observed = truth(dayNumber(horizon.targetDate));
        return observed === undefined ? [] : [{ horizon, observed }];
      })
      .slice(-scoredBands);
    let [held50, held95, wis, baselineWis] = [0, 0, 0, 0];
    for (const { horizon, observed } of cells) {
      const score = scoreCell(horizon.quantiles, observed, hubLevels);
      held50 += score.inside50 ? 1 : 0;
      held95 += score.inside95 ? 1 : 0;
      wis += score.wis;
      baselineWis += scoreCell(horizon.baseline, observed, hubLevels).wis;
    }
    const of = cells.length;
    const mean = (sum: number) => (of ? Number((sum / of).toFixed(3)) : null);
    return {
      weeks,
      of,
      held50,
      held95,
      wis: mean(wis),
      baselineWis: mean(baselineWis),
      relativeWis: of && baselineWis > 0 ? Number((wis / baselineWis).toFixed(3)) : null,
      sentence: of
        ? {
            vi: `Trong ${of} dải 95 % gần nhất của hạn ${weeks} tuần, ${held95} dải đã chứa số thật`,
            en: `Of the last ${of} such 95% bands at ${weeks} week${weeks > 1 ? 's' : ''}, ${held95} held`,
          }
        : null,
    };
  });
}
