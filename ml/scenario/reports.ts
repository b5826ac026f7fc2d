/** What reports say of each day once the week's rhythm and chance are taken out of them. */
export interface Onsets {
  /** days × wards: reported cases to be expected */
  expected: number[][];
  /** variance of a day's reports against that of pure chance; 1 or more */
  dispersion: number;
  /** growth a day before the first day */
  growthAtStart: number;
}

const week = 7;
const halfWidth = 4;
/** reports a week that growth is worked out as if there were besides */
const steadyCases = 5;

/**
 * Smooths reports by ward: over the week's rhythm (a factor a weekday, from all wards together), then by a triangle of nine days along the district's growth, so that
 * the last days, which only have a past, do not lag behind.
 * @param reported days × wards, 14 days or more
 */
export function onsetsOf(reported: readonly (readonly number[])[]): Onsets {
  const days = reported.length;
  const totals = reported.map((row) => row.reduce((a, b) => a + b, 0));
  const rhythm = weekdayFactors(totals);
  const even = reported.map((row, day) => row.map((value) => value / rhythm[day % week]!));
  const evenTotals = even.map((row) => row.reduce((a, b) => a + b, 0));
  const growth = totals.map((_, day) => growthAt(evenTotals, day));
  const expected = even.map((row, day) =>
    row.map((_, w) => {
      let sum = 0;
      let weights = 0;
      for (let d = -halfWidth; d <= halfWidth; d++) {
        if (day + d < 0 || day + d >= days) continue;
        const weight = halfWidth + 1 - Math.abs(d);
        sum += weight * even[day + d]![w]! * Math.exp(-growth[day]! * d);
        weights += weight;
      }
      return sum / weights;
    }),
  );
  return { expected, dispersion: dispersionOf(evenTotals, expected), growthAtStart: growth[0]! };
}

/** by day number modulo 7: how a day's reports compare with the week around it; drawn towards 1 where there are few */
function weekdayFactors(totals: readonly number[]): number[] {
  const seen = new Float64Array(week);
  const usual = new Float64Array(week);
  for (let day = 3; day < totals.length - 3; day++) {
    let around = 0;
    for (let d = -3; d <= 3; d++) around += totals[day + d]!;
    seen[day % week]! += totals[day]!;
    usual[day % week]! += around / week;
  }
  const raw = Array.from(seen, (count, i) => (count + steadyCases) / (usual[i]! + steadyCases));
  const mean = raw.reduce((a, b) => a + b, 0) / week;
  return raw.map((factor) => factor / mean);
}

/** a day, from the week before a day and the week from it on (or the two nearest weeks there are) */
function growthAt(totals: readonly number[], day: number): number {
  const middle = Math.min(totals.length - week, Math.max(week, day));
  let [before, after] = [steadyCases, steadyCases];
  for (let d = 0; d < week; d++) {
    before += totals[middle - 1 - d]!;
    after += totals[middle + d]!;
  }
  return Math.min(0.25, Math.max(-0.25, Math.log(after / before) / week));
}

function dispersionOf(totals: readonly number[], expected: readonly (readonly number[])[]): number {
  let misfit = 0;
  let days = 0;
  totals.forEach((total, day) => {
    const mean = expected[day]!.reduce((a, b) => a + b, 0);
    if (mean <= 0) return;
    misfit += (total - mean) ** 2 / mean;
    days++;
  });
  // the triangle follows each day by a fifth of its own weight, so that residuals are that much too small
  return Math.max(1, misfit / Math.max(1, days) / 0.64);
}
