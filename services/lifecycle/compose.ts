import type { App } from '#platform/app.ts';
import { heardOf } from '#platform/heard.ts';
import type { CommitListener, Projection } from '#platform/projection.ts';
import type { ComposedService, ServiceParts } from '#platform/service.ts';
import { countWaiting } from '#platform/waiting.ts';
import { announcedFigures, figureCommits } from '../district/announce.ts';
import { areaOfEntity } from '../district/area-of-entity.ts';
import type { Moment } from '../district/moment.ts';
import type { LocatedRows } from '../district/unresolved-areas.ts';
import type { AreaFigures } from './read-figures.ts';
import type { CommandParts } from './run-command.ts';

/**
 * A service of one projection with figures: routes for reads and commands, the bus told of every commit with the figures of the touched areas, points
 * that were there before their area, fresh statistics of the tables.
 */
export function composeEntityService(
  parts: ServiceParts,
  service: {
    name: string;
    tables: string[];
    located: readonly LocatedRows[];
    /** SQL: key of an entity, and current versions of those of which only changes were heard. */
    waiting: { key: string; from: string };
    /** Table of the events as they came. */
    events: string;
    /** Where a district's clock stands in the service. */
    momentNow: (district: string) => Promise<Moment>;
    /** Figures of these areas and of everything above them; left out: of every area. */
    figuresAt: (moment: Moment, areaIds?: string[]) => Promise<AreaFigures[]>;
    projection: (committed: CommitListener) => Projection;
    addRoutes: (app: App, parts: CommandParts) => void;
  },
): ComposedService {
  const commits = figureCommits(parts, {
    service: service.name,
    tables: service.tables,
    located: service.located,
    figuresOf: async (district, areaIds) =>
      announcedFigures(await service.figuresAt(await service.momentNow(district), areaIds)),
    momentNow: service.momentNow,
  });
  return {
    projections: [service.projection(commits.committed)],
    areaOf: areaOfEntity(parts.database, service.located[0]!),
    waiting: () => countWaiting(parts.database, service.waiting.key, service.waiting.from),
    heard: (district, source) =>
      heardOf(parts.database, [{ table: service.events, key: 'event_key' }], district, source),
    build: (app, [projection]) => {
      service.addRoutes(app, { ...parts, projection: projection! });
      return commits.announce(projection!);
    },
  };
}
