import { economyAccess } from '#contracts/access/economy.ts';
import type { ServiceDefinition } from '#platform/service.ts';
import { composeEntityService } from '../lifecycle/compose.ts';
import { locatedRows, waitingRows } from '../lifecycle/tables.ts';
import { addBusinessCommandRoutes } from './api/business-commands.ts';
import { addBusinessReadRoutes } from './api/business-reads.ts';
import { addIndicatorRoutes } from './api/indicators.ts';
import { businessTables } from './business/tables.ts';
import { economyProjection, economyTables } from './projection.ts';
import { businessFigures } from './reads/businesses.ts';
import { momentOf } from './reads/moment.ts';

/** The service as data: what it owns, what it follows, which routes it answers. main.ts and the tests start the same. */
export function economy(): ServiceDefinition {
  return {
    name: 'economy',
    schema: 'economy',
    migrations: new URL('./migrations/', import.meta.url),
    access: economyAccess,
    compose: (parts) =>
      composeEntityService(parts, {
        name: 'economy',
        tables: economyTables,
        located: [locatedRows(businessTables)],
        waiting: waitingRows(businessTables, 'registered'),
        events: businessTables.events,
        projection: economyProjection,
        momentNow: (district) => momentOf(parts.database, district, undefined, parts.now()),
        figuresAt: (moment, areaIds) => businessFigures(parts.database, moment, moment.day, 'en', areaIds),
        addRoutes: (app, commandParts) => {
          addBusinessReadRoutes(app, parts);
          addBusinessCommandRoutes(app, commandParts);
          addIndicatorRoutes(app, commandParts);
        },
      }),
  };
}

export default economy;
