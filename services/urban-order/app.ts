import { urbanOrderAccess } from '#contracts/access/urban-order.ts';
import type { ServiceDefinition } from '#platform/service.ts';
import { composeEntityService } from '../lifecycle/compose.ts';
import { locatedRows, tableNames, waitingRows } from '../lifecycle/tables.ts';
import { addReadRoutes } from './api/reads.ts';
import { addReportRoute } from './api/report.ts';
import { addStepRoutes } from './api/steps.ts';
import { momentOf } from './reads/moment.ts';
import { violationFigures } from './reads/violations.ts';
import { violationProjection } from './violation/projection.ts';
import { violationTables } from './violation/tables.ts';

/** The service as data: what it owns, what it follows, which routes it answers. main.ts and the tests start the same. */
export function urbanOrder(): ServiceDefinition {
  return {
    name: 'urban-order',
    schema: 'urban_order',
    migrations: new URL('./migrations/', import.meta.url),
    access: urbanOrderAccess,
    compose: (parts) =>
      composeEntityService(parts, {
        name: 'urban-order',
        tables: tableNames(violationTables),
        located: [locatedRows(violationTables)],
        waiting: waitingRows(violationTables),
        events: violationTables.events,
        projection: violationProjection,
        momentNow: (district) => momentOf(parts.database, district, undefined, parts.now()),
        figuresAt: (moment, areaIds) => violationFigures(parts.database, moment, 'en', areaIds),
        addRoutes: (app, commandParts) => {
          addReadRoutes(app, parts);
          addReportRoute(app, commandParts);
          addStepRoutes(app, commandParts);
        },
      }),
  };
}

export default urbanOrder;
