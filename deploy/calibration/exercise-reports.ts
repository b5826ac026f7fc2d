// The line list of an exercise as it became known, without any server: what the product would have read from its rows.
import { dayNumber } from '@vungxanh/ml';
import type { CaseChanges } from '../../services/case-history/known-counts.ts';
import type { CloudEvent } from '../../services/contracts/cloud-event.ts';
import { district7Wave } from '../../services/drill/district7-wave.ts';
import { loadDistrict7Pack } from '../../services/geography/district7/pack.ts';

/** One case more (or fewer) of a day in a neighbourhood. */
interface Change {
  area: number;
  day: number;
  knownAtMs: number;
  change: 1 | -1;
}

export interface ExerciseReports {
  seed: number;
  firstDay: number;
  lastDay: number;
  /** neighbourhoods, then wards */
  areas: readonly ExerciseArea[];
  wards: readonly string[];
  /** in the order in which they became known */
  changes: readonly Change[];
  /** day of the case, and when its death became known */
  deaths: readonly { day: number; knownAtMs: number }[];
}

export interface ExerciseArea {
  id: string;
  level: string;
  /** index into wards */
  ward: number;
  population: number;
  position: readonly [number, number];
}

interface CaseData {
  caseId: string;
  areaId?: string;
  specimenDate?: string;
  confirmedDate?: string;
  status?: string;
}

const millisecondsOfDay = 86_400_000;
const vietnamMs = 7 * 3_600_000;

/** Plays the exercise of a seed; cases by day of specimen, or of confirmation where that is missing, as the figures count them. */
export function exerciseReports(seed: number): ExerciseReports {
  const pack = loadDistrict7Pack();
  const wards = pack.areas.filter(({ level }) => level === 'ward').map(({ id }) => id);
  const areas = pack.areas
    .filter(({ level }) => level === 'neighbourhood' || level === 'ward')
    .map(
      ({ id, level, parentId, population, labelPoint }): ExerciseArea => ({
        id,
        level,
        ward: Math.max(wards.indexOf(id), wards.indexOf(parentId ?? '')),
        population: population ?? 0,
        position: labelPoint as readonly [number, number],
      }),
    );
  const indexOf = new Map(areas.map(({ id }, index) => [id, index]));
  const wave = district7Wave(seed);
  const changes: Change[] = [];
  const deaths: { day: number; knownAtMs: number }[] = [];
  const standing = new Map<string, { area: number; day: number }>();
  const heard = new Set<string>();
  for (const { event } of wave.events()) {
    if (!['case-confirmed', 'case-corrected', 'case-status-changed'].includes(event.type) || heard.has(event.id))
      continue;
    heard.add(event.id);
    const { data, recordedtime } = event as CloudEvent<CaseData & Record<string, unknown>>;
    const knownAtMs = Date.parse(recordedtime);
    const before = standing.get(data.caseId);
    const area = indexOf.get(data.areaId ?? '') ?? -1;
    if (event.type === 'case-confirmed') {
      const now = { area, day: dayNumber(data.specimenDate ?? data.confirmedDate!) };
      standing.set(data.caseId, now);
      changes.push({ ...now, knownAtMs, change: 1 });
    } else if (before && event.type === 'case-corrected' && data.areaId !== undefined) {
      standing.set(data.caseId, { ...before, area });
      changes.push({ ...before, knownAtMs, change: -1 }, { ...before, area, knownAtMs, change: 1 });
    } else if (before && data.status === 'deceased') {
      deaths.push({ day: before.day, knownAtMs });
    } else if (before && data.status === 'not-a-case') {
      standing.delete(data.caseId);
      changes.push({ ...before, knownAtMs, change: -1 });
    }
  }
  return { seed, firstDay: dayNumber(wave.from), lastDay: dayNumber(wave.to), areas, wards, changes, deaths };
}

/** The moment at an hour of the district's own day, in milliseconds. */
export const momentOn = (day: number, hour: number): number => day * millisecondsOfDay + hour * 3_600_000 - vietnamMs;

/** What was known at a moment of a day, as `readCaseChanges` reads it. */
export function changesKnownAt({ areas, changes }: ExerciseReports, onDay: number, hour: number): CaseChanges {
  const at = momentOn(onDay, hour);
  const known = changes.filter(({ knownAtMs, day }) => knownAtMs <= at && day <= onDay);
  return {
    places: areas.map(({ id }) => id),
    place: Int32Array.from(known, ({ area }) => area),
    day: Int32Array.from(known, ({ day }) => day),
    age: Int32Array.from(known, ({ knownAtMs }) => Math.floor((at - knownAtMs) / millisecondsOfDay)),
    change: Int32Array.from(known, ({ change }) => change),
  };
}

/** Cases by day as known at a moment, and those of them that were known to have died. */
export function outcomesKnownAt({ changes, deaths }: ExerciseReports, onDay: number, hour: number) {
  const at = momentOn(onDay, hour);
  const byDay = new Map<number, { day: number; cases: number; deaths: number }>();
  const of = (day: number) => {
    const known = byDay.get(day) ?? { day, cases: 0, deaths: 0 };
    byDay.set(day, known);
    return known;
  };
  for (const { day, knownAtMs, change } of changes) if (knownAtMs <= at) of(day).cases += change;
  for (const { day, knownAtMs } of deaths) if (knownAtMs <= at) of(day).deaths++;
  return [...byDay.values()];
}

/** Settled counts of the district (group 0) and its wards (1, 2 …), groups × days. */
export function settledCounts({ areas, wards, changes, firstDay, lastDay }: ExerciseReports): Float64Array {
  const days = lastDay - firstDay + 1;
  const counts = new Float64Array((wards.length + 1) * days);
  for (const { area, day, change } of changes) {
    if (day < firstDay || day > lastDay) continue;
    counts[day - firstDay]! += change;
    if (area >= 0) counts[(areas[area]!.ward + 1) * days + day - firstDay]! += change;
  }
  return counts;
}
