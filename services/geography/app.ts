import { geographyAccess } from '#contracts/access/geography.ts';
import { openDatabase } from '#platform/database.ts';
import { heardOf } from '#platform/heard.ts';
import { type Rewriting, rewriteTables } from '#platform/rewrite-tables.ts';
import type { ComposedService, ServiceDefinition, ServiceParts } from '#platform/service.ts';
import { announceCommitted } from '../district/announce.ts';
import { buildGeography } from './build.ts';
import { placesProjection } from './projections/places.ts';
import { pointProjections } from './projections/points.ts';
import { reached } from './reached.ts';

/** The service as data: what it owns, what it follows, which routes it answers. */
const geography = (): ServiceDefinition => ({
  name: 'geography',
  schema: 'geography',
  migrations: new URL('./migrations/', import.meta.url),
  access: geographyAccess,
  // A city's borders come in one request.
  bodyLimitBytes: 32 * 1024 * 1024,
  compose: (parts) =>
    composed(parts, rewriteTables(parts.database.options.connectionString!, ['geography.points'], parts.log)),
});

const composed = (parts: ServiceParts, rewriting: Rewriting): ComposedService => ({
  projections: [
    placesProjection({
      committed: (district, areaIds, throughSequence) =>
        announceCommitted(parts.broker, { district, service: 'geography', throughSequence, areaIds: [...areaIds] }),
    }),
    ...pointProjections(rewriting.needed),
  ],
  heard: (district, source) =>
    heardOf(parts.database, [{ table: 'geography.population_versions', key: 'event_id' }], district, source),
  build: (app, [places]) => {
    // A pool of their own: a map's tiles do not queue behind the projections of every district.
    const reads = openDatabase(parts.database.options.connectionString!, { max: 3, statementTimeoutMs: 20_000 });
    buildGeography(app, {
      ...parts,
      database: reads,
      projected: (district, sequence) => reached(places!, district, sequence),
    });
    return {
      name: 'reads',
      stop: async () => {
        await reads.end();
        await rewriting.stop();
      },
    };
  },
});

export default geography;
