import { dayNumber } from '@vungxanh/ml';
import type { Database } from '#platform/database.ts';
import {
  commonDefinition,
  type PublishedRow,
  publishedAcross,
  sumOfCases,
} from '../../case-history/published-across.ts';
import { readAreaChanges, wholeBefore } from '../../district/area-changes.ts';
import type { Moment } from '../../district/moment.ts';
import type { TargetSeries } from './target-series.ts';

/** A week's table counts as known at the week's origin when it is out by then. */
const publicationDays = 5;
const lookBackDays = 420;

interface Row extends PublishedRow {
  index: number;
  publishedDay: number;
  definition: string | null;
}

/**
 * Counts as a department publishes them, with every revision: weeks where there are weeks, else days, else days between cumulative counts. A count too
 * small to publish is not known, which is not zero. The district is its own published number; without one, the sum of its areas where all are known.
 */
export async function readPublishedSeries(
  database: Database,
  moment: Moment,
  measure: 'new-cases' | 'admissions',
  areaIds: readonly string[],
  top: string | undefined,
): Promise<Omit<TargetSeries, 'target'> | undefined> {
  const wanted = top === undefined ? [...areaIds] : [top, ...areaIds];
  const changes = await readAreaChanges(database, moment);
  const asked = [...new Set(wanted.flatMap((areaId) => [areaId, ...wholeBefore(changes, areaId)]))];
  const read = async (of: string): Promise<Row[]> => {
    const { rows: all } = await database.query<Omit<Row, 'index'>>(
      `SELECT area_id AS "areaId", period_start - '1970-01-01'::date AS start, period_end - '1970-01-01'::date AS end, row_number() OVER (ORDER BY known_at, sequence)::int AS at,
         (known_at AT TIME ZONE $4)::date - '1970-01-01'::date AS "publishedDay",
         CASE WHEN suppressed THEN NULL ELSE coalesce(cases, rate_per_100k * population / 1e5) END AS cases, definition
       FROM epidemic.published_counts
       WHERE district = $1 AND area_id = ANY($3) AND known_at <= $2 AND measure = $5 AND period_end <= $6::date AND period_end > $6::date - ${lookBackDays}
       ORDER BY at`,
      [moment.district, moment.instant, asked, moment.timeZone, of, moment.day],
    );
    const byArea = Map.groupBy(all, ({ areaId }) => areaId);
    return wanted
      .flatMap((areaId, index) =>
        publishedAcross(areaId, changes, (id) => byArea.get(id) ?? [], sumOfRows).map((row) => ({ ...row, index })),
      )
      .sort((one, other) => one.at - other.at);
  };
  const rows = await read(measure);
  const weekly = rows.filter(({ start, end }) => end - start === 6);
  if (weekly.length > 0) return tableOf(weekly, 7, wanted, top, moment);
  const daily = rows.filter(({ start, end }) => start === end);
  if (daily.length > 0) return tableOf(daily, 1, wanted, top, moment);
  if (measure !== 'new-cases') return undefined;
  const cumulative = await read('cumulative-cases');
  return cumulative.length > 0 ? differences(tableOf(cumulative, 1, wanted, top, moment)) : undefined;
}

const sumOfRows = <Counted extends Omit<Row, 'index'>>(
  areaId: string,
  rows: readonly Counted[],
  latest: Counted,
): Counted => ({
  ...latest,
  areaId,
  cases: sumOfCases(rows),
  definition: commonDefinition(rows),
});

function tableOf(
  rows: readonly Row[],
  length: 7 | 1,
  wanted: readonly string[],
  top: string | undefined,
  moment: Moment,
): Omit<TargetSeries, 'target'> {
  const ends = rows.map(({ end }) => end);
  const firstEnd = Math.min(...ends);
  const lastEnd = Math.max(...ends);
  const stepOf = (end: number) => (end - firstEnd) / length;
  const steps = Math.floor(stepOf(lastEnd)) + 1;
  const spoken = new Set(rows.map(({ index }) => index));
  // areas that were never published are not in it; the district stands first, its own number or the sum
  const kept = wanted.map((_, i) => i).filter((i) => spoken.has(i) || wanted[i] === top);
  const summed = top !== undefined && !spoken.has(0);
  const present = new Float64Array(kept.length * steps).fill(Number.NaN);
  const rowOf = new Map(kept.map((index, row) => [index, row]));
  const definitions = new Map<string, string>();
  const earlier: { last: number; values: Float64Array }[] = [];
  const cut = (last: number) => {
    const values = new Float64Array(kept.length * (last + 1));
    for (let row = 0; row < kept.length; row++)
      values.set(present.subarray(row * steps, row * steps + last + 1), row * (last + 1));
    if (summed)
      for (let t = 0; t <= last; t++) {
        values[t] = 0;
        for (let row = 1; row < kept.length; row++) values[t]! += values[row * (last + 1) + t]!;
      }
    return values;
  };
  let origin = 0;
  const publishedBy = (step: number) => firstEnd + length * step + (length === 7 ? publicationDays : 0);
  for (const row of rows) {
    for (; origin < steps - 1 && row.publishedDay > publishedBy(origin); origin++)
      earlier.push({ last: origin, values: cut(origin) });
    const step = stepOf(row.end);
    // another weekday than the first week's: no week of this table
    if (!Number.isInteger(step)) continue;
    present[rowOf.get(row.index)! * steps + step] = row.cases ?? Number.NaN;
    if (row.definition) definitions.set(`${row.index} ${step}`, row.definition);
  }
  for (; origin < steps - 1; origin++) earlier.push({ last: origin, values: cut(origin) });
  const offset = length === 1 ? firstEnd : 0;
  const breaks: TargetSeries['breaks'] = [];
  for (const index of kept) {
    let before: string | undefined;
    for (let step = 0; step < steps; step++) {
      const definition = definitions.get(`${index} ${step}`);
      if (definition && before && definition !== before) breaks.push({ period: step + offset, area: wanted[index]! });
      before = definition ?? before;
    }
  }
  // what is a sum breaks with any of its parts
  if (summed) for (const { period } of [...breaks]) breaks.push({ period, area: top });
  const onDay = dayNumber(moment.day);
  return {
    areas: kept.map((index) => wanted[index]!),
    total: top !== undefined && kept.length > 1 ? 0 : -1,
    step: length === 7 ? 'week' : 'day',
    kind: 'flow',
    now: length === 7 ? Math.floor((onDay - publicationDays - firstEnd) / 7) : onDay,
    firstWeekEnd: length === 7 ? firstEnd : 0,
    source: {
      form: 'table',
      first: offset,
      last: steps - 1 + offset,
      values: cut(steps - 1),
      earlier: earlier.map(({ last, values }) => ({ last: last + offset, values })),
    },
    breaks,
  };
}

/** New counts between cumulative ones, day by day; a fall stays a negative number, and is refused by name later. */
function differences(series: Omit<TargetSeries, 'target'>): Omit<TargetSeries, 'target'> {
  if (series.source.form !== 'table') return series;
  const minus = (values: Float64Array, steps: number) =>
    values.map((value, at) => (at % steps === 0 ? Number.NaN : value - values[at - 1]!));
  const { first, last, values, earlier } = series.source;
  return {
    ...series,
    source: {
      ...series.source,
      values: minus(values, last - first + 1),
      earlier: earlier.map((one) => ({ last: one.last, values: minus(one.values, one.last - first + 1) })),
    },
  };
}
