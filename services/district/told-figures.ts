import { createHash } from 'node:crypto';
import type { AreaFigure } from './announce.ts';

/** Announcements may get lost between two processes; with the first commit after so long everything is told again, milliseconds. */
const allAgainMs = 30_000;

/** All that figures say, but for the moment at which they say so; as a digest, because a city has 25,000 areas with thirty figures each. */
const digestOf = (figures: readonly AreaFigure[]): string =>
  createHash('sha1')
    .update(JSON.stringify(figures.map(({ asOf: _, ...figure }) => figure)))
    .digest('base64');

interface Told {
  /** By area. */
  digests: Map<string, string>;
  allAt: number;
}

/** What was announced of each district, so that a commit announces what it changed: one new case moves four areas, not all of a city. */
export interface ToldFigures {
  /**
   * Those of areas of which something else is said than was announced last, or all when that is long ago; they count as announced.
   *
   * @param figures of an area all at once
   */
  news: (district: string, figures: readonly AreaFigure[], nowMs: number) => AreaFigure[];
}

export function toldFigures(): ToldFigures {
  const districts = new Map<string, Told>();
  return {
    news: (district, figures, nowMs) => {
      const told = districts.get(district) ?? { digests: new Map<string, string>(), allAt: Number.NEGATIVE_INFINITY };
      districts.set(district, told);
      const isTimeForAll = nowMs - told.allAt >= allAgainMs;
      if (isTimeForAll) told.allAt = nowMs;
      return [...Map.groupBy(figures, ({ areaId }) => areaId)].flatMap(([areaId, ofArea]) => {
        const digest = digestOf(ofArea);
        const isNews = told.digests.get(areaId) !== digest;
        told.digests.set(areaId, digest);
        return isNews || isTimeForAll ? ofArea : [];
      });
    },
  };
}
