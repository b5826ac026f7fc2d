import { dayNumber, hubLevels, scoreCell } from '@vungxanh/ml';

interface Horizon {
  targetDate: string;
  quantiles: number[];
  baseline: number[];
}

/** What became of the issued forecasts of one area, target and horizon. */
export interface TrackRecord {
  /** forecasts whose week or day is over and settled */
  of: number;
  held50: number;
  held95: number;
  /** mean weighted interval score, in the unit of the target; null while nothing can be scored */
  wis: number | null;
  baselineWis: number | null;
  /** below one is better than the baseline */
  relativeWis: number | null;
  sentence: { vi: string; en: string } | null;
}

export interface Issued {
  horizons?: readonly (Horizon & { weeks: number })[];
  days?: readonly (Horizon & { days: number })[];
}

const scoredBands = 40;
const scoredWeeks = [1, 2, 3, 4];
/** Days ahead that get a record: every one would be a table that nobody reads. */
const scoredDays = [1, 3, 7, 14, 21, 28];

/**
 * Scores what was issued against the truth as it is known at the moment.
 * @param truth of the week (7 days) or day (1) up to a day; undefined: not known or not settled
 */
export function scoreIssued(
  issued: readonly Issued[],
  truth: (lastDay: number, days: number) => number | undefined,
): { weeks: (TrackRecord & { weeks: number })[]; days: (TrackRecord & { days: number })[] } {
  const hasDays = issued.some(({ days }) => days !== undefined);
  return {
    weeks: scoredWeeks.map((weeks) => ({
      weeks,
      ...recordOf(
        issued.flatMap(({ horizons }) => horizons?.filter((horizon) => horizon.weeks === weeks) ?? []),
        (lastDay) => truth(lastDay, 7),
        { vi: `${weeks} tuần`, en: `${weeks} week${weeks > 1 ? 's' : ''}` },
      ),
    })),
    days: !hasDays
      ? []
      : scoredDays.map((days) => ({
          days,
          ...recordOf(
            issued.flatMap((one) => one.days?.filter((horizon) => horizon.days === days) ?? []),
            (lastDay) => truth(lastDay, 1),
            { vi: `${days} ngày`, en: `${days} day${days > 1 ? 's' : ''}` },
          ),
        })),
  };
}

function recordOf(
  horizons: readonly Horizon[],
  truth: (lastDay: number) => number | undefined,
  ahead: { vi: string; en: string },
): TrackRecord {
  const cells = horizons
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
    of,
    held50,
    held95,
    wis: mean(wis),
    baselineWis: mean(baselineWis),
    relativeWis: of && baselineWis > 0 ? Number((wis / baselineWis).toFixed(3)) : null,
    sentence: of
      ? {
          vi: `Trong ${of} khoảng dự báo 95 % gần nhất của hạn ${ahead.vi}, ${held95} khoảng chứa giá trị thực`,
          en: `Of the last ${of} such 95% bands at ${ahead.en}, ${held95} held`,
        }
      : null,
  };
}
