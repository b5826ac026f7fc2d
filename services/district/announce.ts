import type { Figure } from '#contracts/http.ts';
import { type Committed, committedSubject, type LiveFigure } from '#contracts/live.ts';
import { type Announcement, FigureAnnouncer } from '#platform/announcer.ts';
import type { Broker } from '#platform/broker.ts';
import type { CommitListener } from '#platform/projection.ts';
import type { FollowedProjection } from '#platform/projections.ts';
import type { Running } from '#platform/run.ts';
import type { ServiceParts } from '#platform/service.ts';
import { FreshStatistics } from '#platform/statistics.ts';
import { announcementParts } from './announcement-parts.ts';
import { type ClockTurns, followClockTurns } from './clock-turns.ts';
import type { Moment } from './moment.ts';
import { toldFigures } from './told-figures.ts';
import { turnsByDistrict } from './turns.ts';
import { followUnresolvedAreas, type LocatedRows } from './unresolved-areas.ts';

export type AreaFigure = Omit<LiveFigure, 'throughSequence'>;

/** What a broker takes that does not say: NATS' own default. */
const usualPayloadBytes = 1024 * 1024;

/** Announces on the bus what a service has committed. */
export function announceCommitted(broker: Broker, committed: Committed): void {
  const subject = committedSubject(committed.district, committed.service);
  const mostBytes = broker.connection.info?.max_payload ?? usualPayloadBytes;
  for (const part of announcementParts(committed, mostBytes)) broker.connection.publish(subject, part);
}

/** Figures as a service answers them → as they are announced. Figures of rows in no area are left out. */
export const announcedFigures = (
  areas: readonly { areaId: string | null; figures: readonly Figure[] }[],
): AreaFigure[] =>
  areas.flatMap(({ areaId, figures }) =>
    areaId === null
      ? []
      : figures.map(({ formula, value, unit, numerator, denominator, reason, note, dataThroughDate }) => ({
          areaId,
          formula,
          value,
          unit,
          numerator: numerator ?? null,
          denominator: denominator ?? null,
          ...(reason === undefined ? {} : { reason }),
          ...(note === undefined ? {} : { note }),
          ...(dataThroughDate === undefined ? {} : { dataThroughDate }),
        })),
  );

/** What follows from the commits of a service with figures. */
export interface FigureCommits {
  /** For the projection. */
  committed: CommitListener;
  /** Also resolves areas that were missing; to be stopped with the service. */
  announce: (followed: FollowedProjection) => Running;
}

/**
 * Announces on the bus what a service's projection has committed, with the figures of the touched areas, and keeps PostgreSQL's statistics of its
 * `tables` fresh. `located`: its rows whose point may be there before its area; `figuresOf`: the figures as they are now, of every area when none is named;
 * `momentNow`: where a district's clock stands. Figures that change with time alone are announced too.
 */
export function figureCommits(
  { broker, database, log }: Pick<ServiceParts, 'broker' | 'database' | 'log'>,
  {
    service,
    tables,
    located,
    figuresOf,
    momentNow,
  }: {
    service: string;
    tables: string[];
    located: readonly LocatedRows[];
    figuresOf: (district: string, areaIds?: string[]) => Promise<AreaFigure[]>;
    momentNow: (district: string) => Promise<Pick<Moment, 'instant'>>;
  },
): FigureCommits {
  const publish = ({ district, throughSequence, areaIds, figures }: Announcement<AreaFigure>) => {
    // All of an announcement are of one moment: it is said once.
    const figuresAsOf = figures[0]?.asOf;
    announceCommitted(broker, {
      district,
      service,
      throughSequence,
      areaIds,
      figures: figures.map(({ asOf: _, ...figure }) => ({ ...figure, throughSequence })),
      ...(figuresAsOf ? { figuresAsOf } : {}),
    });
  };
  // There as soon as the projection is followed; commits before that are in the figures that it reads first.
  let turns: ClockTurns | undefined;
  const told = toldFigures();
  const statistics = new FreshStatistics({ database, log, tables });
  // The clock's turn and a commit may compute at the same time: the one that began earlier must not be told last.
  const takeTurn = turnsByDistrict();
  const endTurn = new Map<string, () => void>();
  const announcer = new FigureAnnouncer<AreaFigure>({
    log,
    compute: async (district, areaIds) => {
      endTurn.set(district, await takeTurn(district));
      return figuresOf(district, areaIds);
    },
    // Also after a failed computation.
    publish: (announcement) => {
      const { district, figures } = announcement;
      turns?.announced(district, figures);
      try {
        publish({ ...announcement, figures: told.news(district, figures, performance.now()) });
      } finally {
        endTurn.get(announcement.district)?.();
      }
    },
  });
  return {
    committed: (district, areaIds, throughSequence, entries) => {
      statistics.written(entries);
      announcer.touched(district, areaIds, throughSequence);
    },
    announce: (followed) => {
      const unresolved = followUnresolvedAreas({ broker, database, log }, located, followed.name, (district, areaIds) =>
        announcer.touched(district, areaIds, followed.committedSequence(district)),
      );
      turns = followClockTurns({
        districts: followed.districts,
        clockMs: async (district) => Date.parse((await momentNow(district)).instant),
        figuresOf,
        throughSequence: followed.committedSequence,
        takeTurn,
        announce: (district, figures, throughSequence) =>
          publish({
            district,
            throughSequence,
            areaIds: [...new Set(figures.map(({ areaId }) => areaId))],
            figures,
          }),
        log,
      });
      return {
        name: 'announcements',
        stop: async () => {
          unresolved.stop();
          await turns?.stop();
          await announcer.stop();
          await statistics.stop();
        },
      };
    },
  };
}
