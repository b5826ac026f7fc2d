import { epidemicAccess } from '#contracts/access/epidemic.ts';
import { type SmallCellPolicy, smallCellPolicy } from '#contracts/access/small-cells.ts';
import { heardOf } from '#platform/heard.ts';
import type { ServiceDefinition } from '#platform/service.ts';
import { countWaiting } from '#platform/waiting.ts';
import { figureCommits } from '../district/announce.ts';
import { currentFigures } from './announce.ts';
import { addReadRoutes } from './api/reads.ts';
import { addCommandRoutes } from './commands-api.ts';
import { momentOf } from './moment.ts';
import { epidemicProjection, tables } from './projection.ts';
import { releases } from './released/read-week.ts';

/** Each keeps by which event its rows came. */
const tablesOfEvents = [
  'case_versions',
  'case_waiting',
  'count_versions',
  'doses',
  'vaccination_versions',
  'capacity_versions',
].map((table) => ({ table: `epidemic.${table}`, key: 'event_id' }));

const located = [
  { table: 'epidemic.case_versions', key: 'case_id', daySql: 'event_date' },
  { table: 'epidemic.capacity_versions', key: 'facility_id', daySql: 'reported_at::date' },
];

/** The service as data: what it owns, what it follows, which routes it answers. main.ts and the tests start the same. */
export function epidemic(policy: SmallCellPolicy = smallCellPolicy): ServiceDefinition {
  return {
    name: 'epidemic',
    schema: 'epidemic',
    migrations: new URL('./migrations/', import.meta.url),
    access: epidemicAccess,
    compose: (parts) => {
      const commits = figureCommits(parts, {
        service: 'epidemic',
        tables: tables.map((table) => `epidemic.${table}`),
        located,
        figuresOf: currentFigures(parts),
        momentNow: (district) => momentOf(parts.database, district, undefined, parts.now()),
      });
      return {
        projections: [epidemicProjection(commits.committed)],
        waiting: () => countWaiting(parts.database, 'case_id', 'epidemic.case_waiting WHERE applied_by IS NULL'),
        heard: (district, source) => heardOf(parts.database, tablesOfEvents, district, source),
        build: (app, [projection]) => {
          addReadRoutes(app, { ...parts, releases: releases(parts, policy) });
          addCommandRoutes(app, parts, projection!);
          return commits.announce(projection!);
        },
      };
    },
  };
}

export default epidemic;
