import { dayNumber, isoDate } from '@vungxanh/ml';
import { dayInWords } from '#contracts/days.ts';
import { abstain } from '#contracts/http/outlook/abstention.ts';
import type { Words } from '#contracts/words.ts';
import type { Database } from '#platform/database.ts';
import {
  type AreaChanges,
  bordersChanged,
  dividedBefore,
  namesOfAreas,
  readAreaChanges,
  wholeBefore,
} from '../district/area-changes.ts';
import type { AreasMoment } from '../district/places.ts';
import type { CaseChanges } from './known-counts.ts';

/** An area that was made of parts of others which had cases: before `since` nobody knows how many were its own. */
export interface DividedArea {
  /** First day of its borders, a day number. */
  since: number;
  /** Areas that it took a part of. */
  parts: string[];
  /** The same in words. */
  note: Words;
}

/** By the id of the area. */
export type DividedAreas = ReadonlyMap<string, DividedArea>;

/** Areas of the day that were made of parts of others of which anything of before was said. Those of silent parts are left out: nothing of them is unknown. */
export function dividedAreas(
  changes: AreaChanges,
  names: ReadonlyMap<string, string>,
  isSaid: (areaId: string, beforeDay: number) => boolean,
): DividedAreas {
  const found = new Map<string, DividedArea>();
  for (const [areaId, change] of changes) {
    const parts = dividedBefore(changes, areaId);
    const since = dayNumber(change.since);
    if (!parts.some((part) => [part, ...wholeBefore(changes, part)].some((id) => isSaid(id, since)))) continue;
    found.set(areaId, { since, parts, note: bordersChanged(parts.map((part) => names.get(part) ?? part)) });
  }
  return found;
}

/** Whether a line list has a case in an area of a day before another. */
export function casesSaid({ places, place, day }: CaseChanges): (areaId: string, beforeDay: number) => boolean {
  const firstDays = new Map<string, number>();
  for (const [n, index] of place.entries()) {
    const areaId = places[index];
    if (areaId === null || areaId === undefined) continue;
    firstDays.set(areaId, Math.min(day[n]!, firstDays.get(areaId) ?? day[n]!));
  }
  return (areaId, beforeDay) => (firstDays.get(areaId) ?? Number.POSITIVE_INFINITY) < beforeDay;
}

/** Divided areas of a line list, as known at the moment. */
export async function readDividedAreas(
  database: Database,
  moment: AreasMoment,
  cases: CaseChanges,
): Promise<DividedAreas> {
  const changes = await readAreaChanges(database, moment);
  if (changes.size === 0) return new Map();
  return dividedAreas(changes, await namesOfAreas(database, moment), casesSaid(cases));
}

/** Why a number that looks back over so many days is withheld of a divided area. */
export function withheldOfDivided({ since, note }: DividedArea, days: number) {
  const day = isoDate(since);
  return abstain(
    'borders-changed',
    `${note.vi}; cần số liệu ${days} ngày kể từ ${dayInWords(day)}`,
    `${note.en}; ${days} days from ${day} on are needed`,
  );
}
