import { dayNumber } from '@vungxanh/ml';
import type { ForecastTarget } from '#contracts/events/ml/forecast-issued.ts';
import type { Database } from '#platform/database.ts';
import { readCaseChanges } from '../../case-history/case-changes.ts';
import { firstDayOf, groupPlaces } from '../../case-history/known-counts.ts';
import type { Moment } from '../../district/moment.ts';
import type { Level, Places } from '../../district/places.ts';
import { readBusinessLevels } from './business-levels.ts';
import { readCapacityLevels } from './capacity-levels.ts';
import { readPublishedSeries } from './published-series.ts';
import type { TargetSeries } from './target-series.ts';

/** A line list further back teaches nothing about the coming weeks. */
const lineListDays = 210;

/** The past of a target in the areas of a level and in the district, as known at the moment; undefined: nothing was ever heard of it. */
export async function readTargetSeries(
  database: Database,
  moment: Moment,
  places: Places,
  level: Level,
  target: ForecastTarget,
): Promise<TargetSeries | undefined> {
  const { top } = places;
  const areaIds = places.all
    .filter((place) => place.level === level && place.areaId !== top)
    .map(({ areaId }) => areaId);
  if (target === 'cases') {
    const published = await readPublishedSeries(database, moment, 'new-cases', areaIds, top);
    return published ? { target, ...published } : readLineList(database, moment, places, areaIds);
  }
  if (target === 'admissions') {
    const published = await readPublishedSeries(database, moment, 'admissions', areaIds, top);
    return published && { target, ...published };
  }
  if (top === undefined) return undefined;
  const now = dayNumber(moment.day);
  const common = { target, step: 'day', kind: 'stock', now, firstWeekEnd: 0 } as const;
  if (target === 'businesses-active') {
    const levels = await readBusinessLevels(database, moment, places, areaIds);
    if (!levels) return undefined;
    const steps = levels.last - levels.first + 1;
    const values = new Float64Array((areaIds.length + 1) * steps);
    values.set(levels.values, steps);
    levels.values.forEach((value, at) => {
      values[at % steps]! += value;
    });
    const source = { form: 'table', first: levels.first, last: levels.last, values, earlier: [] } as const;
    return { ...common, areas: [top, ...areaIds], total: 0, source: { ...source, earlier: [] }, breaks: [] };
  }
  // Patients go to another ward's hospital: occupancy is a number of the district alone.
  const column = target === 'beds' ? 'beds_occupied' : 'intensive_care_occupied';
  const levels = await readCapacityLevels(database, moment, column);
  if (!levels) return undefined;
  return {
    ...common,
    areas: [top],
    total: -1,
    source: { form: 'table', first: levels.first, last: levels.last, values: levels.values, earlier: [] },
    breaks: levels.breaks.map((period) => ({ period })),
  };
}

async function readLineList(
  database: Database,
  moment: Moment,
  places: Places,
  areaIds: string[],
): Promise<TargetSeries | undefined> {
  const changes = await readCaseChanges(database, moment);
  const firstCase = firstDayOf(changes);
  if (firstCase === undefined || places.top === undefined) return undefined;
  const ancestorsOf = new Map(places.all.map((place) => [place.areaId, place.ancestors]));
  // a district that is not divided is its own only part
  const areas = areaIds.length > 0 ? areaIds : [places.top];
  const groups = groupPlaces(changes.places, areas, ancestorsOf, undefined);
  const lastDay = dayNumber(moment.day);
  const { place, day, age, change } = changes;
  return {
    target: 'cases',
    areas: areaIds.length > 0 ? [places.top, ...areaIds] : areas,
    total: areaIds.length > 0 ? 0 : -1,
    step: 'day',
    kind: 'flow',
    now: lastDay,
    firstWeekEnd: 0,
    source: {
      form: 'reports',
      changes: {
        areas,
        area: Int32Array.from(place, (index) => groups[index]!),
        day,
        delay: Int32Array.from(day, (on, n) => lastDay - age[n]! - on),
        change,
      },
      firstDay: Math.max(firstCase, lastDay - lineListDays + 1),
      lastDay,
    },
    breaks: [],
  };
}

/** Targets of which anything was ever heard in the district, as known at the moment. */
export async function knownTargets(database: Database, moment: Moment): Promise<ForecastTarget[]> {
  const { rows } = await database.query<{ counts: string[] | null; cases: boolean; capacity: boolean }>(
    `SELECT (SELECT array_agg(DISTINCT measure) FROM epidemic.published_counts WHERE district = $1 AND known_at <= $2) AS counts,
       EXISTS (SELECT 1 FROM epidemic.published_cases WHERE district = $1 AND known_at <= $2) AS cases,
       EXISTS (SELECT 1 FROM epidemic.published_capacity WHERE district = $1 AND known_at <= $2) AS capacity`,
    [moment.district, moment.instant],
  );
  const { counts, cases, capacity } = rows[0]!;
  const targets: ForecastTarget[] = [];
  if (cases || counts?.some((measure) => measure.endsWith('-cases'))) targets.push('cases');
  if (counts?.includes('admissions')) targets.push('admissions');
  if (capacity) targets.push('beds', 'intensive-care');
  if (await businessesKnown(database, moment)) targets.push('businesses-active');
  return targets;
}

async function businessesKnown(database: Database, moment: Moment): Promise<boolean> {
  try {
    const { rows } = await database.query<{ heard: boolean }>(
      'SELECT EXISTS (SELECT 1 FROM economy.published_business_status WHERE district = $1 AND known_at <= $2) AS heard',
      [moment.district, moment.instant],
    );
    return rows[0]!.heard;
  } catch (error) {
    // the economy service has no tables yet
    if (['3F000', '42P01'].includes((error as { code?: string }).code ?? '')) return false;
    throw error;
  }
}
