import { dayNumber } from '@vungxanh/ml';
import type { ForecastTarget } from '#contracts/events/ml/forecast-issued.ts';
import type { Database } from '#platform/database.ts';
import { readCaseChanges } from '../../case-history/case-changes.ts';
import {
  type DividedAreas,
  dividedAreas,
  readDividedAreas,
  withheldOfDivided,
} from '../../case-history/divided-areas.ts';
import { firstDayOf, groupPlaces } from '../../case-history/known-counts.ts';
import { namesOfAreas, readAreaChanges } from '../../district/area-changes.ts';
import type { Moment } from '../../district/moment.ts';
import type { Level, Places } from '../../district/places.ts';
import { businessDays, businessesSaid, readBusinessLevels } from './business-levels.ts';
import { readCapacityLevels } from './capacity-levels.ts';
import { readPublishedSeries } from './published-series.ts';
import { elsewhere, type TargetSeries } from './target-series.ts';

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
    const changes = await readAreaChanges(database, moment);
    const divided = dividedAreas(
      changes,
      changes.size > 0 ? await namesOfAreas(database, moment) : new Map(),
      await businessesSaid(database, moment),
    );
    const { known, withheld } = knownAreas(areaIds, divided, now - businessDays + 1, businessDays);
    const levels = await readBusinessLevels(database, moment, places, known);
    if (!levels) return undefined;
    const parts = levels.hasElsewhere ? [...known, elsewhere] : known;
    const steps = levels.last - levels.first + 1;
    const values = new Float64Array((parts.length + 1) * steps);
    values.set(levels.values, steps);
    levels.values.forEach((value, at) => {
      values[at % steps]! += value;
    });
    const source = { form: 'table', first: levels.first, last: levels.last, values, earlier: [] } as const;
    return { ...common, areas: [top, ...parts], total: 0, source: { ...source, earlier: [] }, breaks: [], withheld };
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

/** Areas whose whole past is their own; of the others, made of parts of areas that had something, nothing is said until the past that is looked at begins after them. */
function knownAreas(areaIds: readonly string[], divided: DividedAreas, firstDay: number, days: number) {
  const divisionOf = (areaId: string) => {
    const division = divided.get(areaId);
    return division && division.since > firstDay ? division : undefined;
  };
  return {
    known: areaIds.filter((areaId) => !divisionOf(areaId)),
    withheld: areaIds.flatMap((area) => {
      const division = divisionOf(area);
      return division ? [{ area, ...withheldOfDivided(division, days) }] : [];
    }),
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
  const lastDay = dayNumber(moment.day);
  const firstDay = Math.max(firstCase, lastDay - lineListDays + 1);
  const divided = await readDividedAreas(database, moment, changes);
  const { known, withheld } = knownAreas(areaIds, divided, firstDay, lineListDays);
  // a district that is not divided is its own only part
  const parts = areaIds.length > 0 ? known : [places.top];
  const groups = groupPlaces(changes.places, parts, places.ancestorsOf, areaIds.length > 0 ? undefined : places.top);
  const areas = areaIds.length > 0 && groups.includes(-1) ? [...parts, elsewhere] : parts;
  const { place, day, age, change } = changes;
  return {
    target: 'cases',
    areas: areaIds.length > 0 ? [places.top, ...areas] : areas,
    total: areaIds.length > 0 ? 0 : -1,
    step: 'day',
    kind: 'flow',
    now: lastDay,
    firstWeekEnd: 0,
    source: {
      form: 'reports',
      changes: {
        areas,
        area: Int32Array.from(place, (index) => (groups[index]! < 0 ? areas.indexOf(elsewhere) : groups[index]!)),
        day,
        delay: Int32Array.from(day, (on, n) => lastDay - age[n]! - on),
        change,
      },
      firstDay,
      lastDay,
    },
    breaks: [],
    withheld,
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
