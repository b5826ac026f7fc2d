import { geographyAccess } from '#contracts/access/geography.ts';
import { type Committed, committedSubject } from '#contracts/live.ts';
import { startService } from '#platform/service.ts';
import { buildGeography } from './app.ts';
import { placesProjection } from './projections/places.ts';
import { pointProjections } from './projections/points.ts';
import { reached } from './reached.ts';

await startService({
  name: 'geography',
  schema: 'geography',
  migrations: new URL('./migrations/', import.meta.url),
  access: geographyAccess,
  // A city's borders come in one request.
  bodyLimitBytes: 32 * 1024 * 1024,
  projections: ({ broker }) => [
    placesProjection({
      committed: (district, throughSequence, areaIds) => {
        const said: Committed = { district, service: 'geography', throughSequence, areaIds };
        broker.connection.publish(committedSubject(district, 'geography'), JSON.stringify(said));
      },
    }) as never,
    ...(pointProjections() as never[]),
  ],
  build: (app, parts, [places]) => {
    buildGeography(app, {
      ...parts,
      projected: (district, sequence) => reached(places!, district, sequence),
    });
    return undefined;
  },
});
