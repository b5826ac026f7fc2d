import { randomUUID } from 'node:crypto';
import { geographyAccess } from '#contracts/access/geography.ts';
import { type App, assertAccessDeclared, createApp } from '#platform/app.ts';
import { Appender } from '#platform/append.ts';
import type { Broker } from '#platform/broker.ts';
import { type Database, migrate } from '#platform/database.ts';
import { createMetrics } from '#platform/metrics.ts';
import { everybodyMay } from '#platform/permission.ts';
import { type FollowedProjection, followDistricts } from '#platform/projections.ts';
import { silentLog, temporaryDatabase, testBroker } from '#platform/testing/servers.ts';
import { buildGeography } from './build.ts';
import { placesProjection } from './projections/places.ts';
import { pointProjections } from './projections/points.ts';
import { reached } from './reached.ts';

export interface GeographyUnderTest {
  app: App;
  url: string;
  database: Database;
  broker: Broker;
  appender: Appender;
  places: FollowedProjection;
  /** cases, violations, businesses */
  points: FollowedProjection[];
  stop: () => Promise<void>;
}

/** The whole service on real servers, answering `app.request` without a port. */
export async function startGeography(now: () => Date = () => new Date()): Promise<GeographyUnderTest> {
  const broker = await testBroker();
  const appender = new Appender(broker);
  const { url, database, drop } = await temporaryDatabase();
  await migrate(url, 'geography', new URL('./migrations/', import.meta.url));
  const places = await followDistricts(placesProjection({}), { database, broker, log: silentLog });
  const points = await Promise.all(
    pointProjections().map((projection) => followDistricts(projection, { database, broker, log: silentLog })),
  );
  const app = createApp({
    permit: everybodyMay,
    name: 'geography',
    log: silentLog,
    metrics: createMetrics('geography'),
    access: geographyAccess,
    bodyLimitBytes: 32 * 1024 * 1024,
  });
  buildGeography(app, {
    database,
    broker,
    appender,
    now,
    newId: randomUUID,
    projected: (district, sequence) => reached(places, district, sequence),
  });
  assertAccessDeclared(app, geographyAccess);
  return {
    app,
    url,
    database,
    broker,
    appender,
    places,
    points,
    stop: async () => {
      await Promise.all([places, ...points].map((followed) => followed.stop()));
      appender.close();
      await broker.close();
      await drop();
    },
  };
}
