import { localDay } from '#platform/local-time.ts';
import type { AreaWord } from './area-name.ts';
import { AreaNames, type KnownArea } from './area-names.ts';
import { ValueError } from './value-error.ts';

/** The areas that held until borders changed, for files that name them. */
export interface AreasBefore {
  /** First day of the new borders, YYYY-MM-DD. */
  until: string;
  /** Id of the area of before that a cell means; undefined: none, or more than one. */
  find: (text: string, column?: AreaWord) => string | undefined;
  /** A fact of a day before the change lies in the area of that day: names and codes come again with other borders. */
  placeByDay: (fact: { time: string; data: object }, timeZone: string) => void;
}

export function areasBefore(
  now: readonly KnownArea[],
  { until, areas }: { until: string; areas: readonly KnownArea[] },
  district?: string,
): AreasBefore {
  const names = new AreaNames([...areas], district);
  const held = new Set(areas.map(({ areaId }) => areaId));
  const find = (text: string, column?: AreaWord): string | undefined => {
    try {
      return names.look(text, column).areaId;
    } catch (error) {
      if (error instanceof ValueError) return undefined;
      throw error;
    }
  };
  const namesakes = new Map(
    now.flatMap(({ areaId, name, code }) => {
      const before = held.has(areaId) ? undefined : (find(name) ?? (code ? find(code) : undefined));
      return before === undefined ? [] : [[areaId, before] as const];
    }),
  );
  return {
    until,
    find,
    placeByDay: ({ time, data }, timeZone) => {
      const placed = data as { areaId?: string };
      const before = placed.areaId === undefined ? undefined : namesakes.get(placed.areaId);
      if (before !== undefined && localDay(Date.parse(time), timeZone) < until) placed.areaId = before;
    },
  };
}
