import { economyAccess } from '#contracts/access/economy.ts';
import type { ServiceDefinition } from '#platform/service.ts';
import { figureCommits } from '../district/announce.ts';
import { currentFigures } from './announce.ts';
import { addBusinessCommandRoutes } from './api/business-commands.ts';
import { addBusinessReadRoutes } from './api/business-reads.ts';
import { addIndicatorRoutes } from './api/indicators.ts';
import { economyProjection } from './projection.ts';

/** A business lies where the borders of the day on which it became known put it. */
const located = [
  { table: 'economy.business_versions', key: 'business_id', daySql: `(known_at AT TIME ZONE 'UTC')::date` },
];

/** The service as data: what it owns, what it follows, which routes it answers. main.ts and the tests start the same. */
export function economy(): ServiceDefinition {
  return {
    name: 'economy',
    schema: 'economy',
    migrations: new URL('./migrations/', import.meta.url),
    access: economyAccess,
    compose: (parts) => {
      const commits = figureCommits(parts, {
        service: 'economy',
        tables: [
          'economy.business_versions',
          'economy.status_spans',
          'economy.business_events',
          'economy.business_heads',
        ],
        located,
        figuresOf: currentFigures(parts),
      });
      return {
        projections: [economyProjection(commits.committed)],
        build: (app, [projection]) => {
          const commandParts = { ...parts, projection: projection! };
          addBusinessReadRoutes(app, parts);
          addBusinessCommandRoutes(app, commandParts);
          addIndicatorRoutes(app, commandParts);
          return commits.announce(projection!);
        },
      };
    },
  };
}

export default economy;
