import { randomUUID } from 'node:crypto';
import { registerEvents } from '#contracts/catalogue.ts';
import type { CloudEvent } from '#contracts/cloud-event.ts';
import { committedSubject } from '#contracts/live.ts';
import { type App, createApp } from '#platform/app.ts';
import { Appender } from '#platform/append.ts';
import { migrate } from '#platform/database.ts';
import { streamOf } from '#platform/journal.ts';
import { createMetrics } from '#platform/metrics.ts';
import { type FollowedProjection, followDistricts } from '#platform/projections.ts';
import type { ServiceParts } from '#platform/service.ts';
import { silentLog, temporaryDatabase, testBroker } from '#platform/testing/servers.ts';
import { openTestDistrict } from '../../district/testing/district.ts';
import { hotline } from '../app.ts';
import { hotline as declared } from '../declaration.ts';
import type { TelephonySettings } from '../telephony/settings.ts';

const schemaOf = (schema: string, folder = schema) => ({
  schema,
  migrations: new URL(`../../${folder}/migrations/`, import.meta.url),
});
const schemas = [
  schemaOf('geography'),
  schemaOf('epidemic'),
  schemaOf('urban_order', 'urban-order'),
  schemaOf('incidents'),
  schemaOf('officials'),
  schemaOf('hotline'),
];

/** A hotline that can be killed and started again on the same rows and journal, and whose clock the test turns. */
export async function openHotline(
  begin: string,
  {
    clock = 'live',
    exercise = true,
    carrier,
  }: { clock?: 'live' | 'recorded'; exercise?: boolean; carrier?: TelephonySettings } = {},
) {
  const takeBack = registerEvents(declared.events);
  const server = await temporaryDatabase();
  const broker = await testBroker();
  const appender = new Appender(broker);
  for (const { schema, migrations } of schemas) await migrate(server.url, schema, migrations);
  let nowMs = Date.parse(begin);
  const parts: ServiceParts = {
    ...{ database: server.database, broker, appender, log: silentLog, metrics: createMetrics('hotline') },
    now: () => new Date(nowMs),
    newId: randomUUID,
  };
  const district = await openTestDistrict({ parts } as Parameters<typeof openTestDistrict>[0], { clock, exercise });

  let app: App | undefined;
  let kill = async () => {};
  const start = async () => {
    const definition = hotline(carrier);
    const composed = definition.compose(parts);
    const followed: FollowedProjection[] = [];
    for (const projection of composed.projections)
      followed.push(await followDistricts(projection, { database: server.database, broker, log: silentLog }));
    app = createApp({ name: 'hotline', log: silentLog, metrics: createMetrics('hotline'), access: definition.access });
    const built = await composed.build(app, followed);
    kill = async () => {
      await built?.stop();
      for (const one of followed) await one.stop();
      app = undefined;
    };
  };
  await start();
  const url = (path: string) => `/api/hotline/${path}${path.includes('?') ? '&' : '?'}district=${district}`;
  return {
    ...{ district, parts, start },
    kill: () => kill(),
    /** So many seconds after the beginning; whoever waits for the clock looks at it. */
    turnTo: (seconds: number) => {
      nowMs = Date.parse(begin) + seconds * 1000;
      broker.connection.publish(committedSubject(district, 'geography'), JSON.stringify({ district }));
    },
    /** `epidemic` announces a commit. */
    news: () => broker.connection.publish(committedSubject(district, 'epidemic'), JSON.stringify({ district })),
    get: async <Answer>(path: string): Promise<Answer> => {
      const response = await app!.request(url(path));
      if (response.status !== 200) throw new Error(`${response.status} ${path}: ${await response.text()}`);
      return (await response.json()) as Answer;
    },
    post: (path: string, body: unknown = {}) =>
      app!.request(url(path), {
        method: 'POST',
        body: JSON.stringify(body),
        headers: { 'content-type': 'application/json' },
      }),
    /** The request as it comes from outside. */
    request: (path: string, init: RequestInit) => app!.request(path, init),
    /** A facility as `epidemic` publishes it. */
    facility: async (id: string, kind: string, [lon, lat]: readonly [number, number], staff: number | null = 5) => {
      await server.database.query(
        `UPDATE epidemic.capacity_versions SET known_until = now() WHERE district = $1 AND facility_id = $2 AND known_until = 'infinity'`,
        [district, id],
      );
      await server.database.query(
        `INSERT INTO epidemic.capacity_versions (district, facility_id, name, kind, area_id, at, beds_total, beds_occupied, intensive_care_total, intensive_care_occupied, staff,
           reported_at, known_at, sequence, event_id)
         SELECT $1, $2, $2, $3, (SELECT area_id FROM geography.area_at_point($1, p.at, '2021-10-01')), p.at, 0, 0, 0, 0, $6, '2021-01-01', '2021-01-01',
           (SELECT count(*) + 1 FROM epidemic.capacity_versions), $2
         FROM (SELECT ST_SetSRID(ST_MakePoint($4, $5), 4326) AS at) p`,
        [district, id, kind, lon, lat, staff],
      );
    },
    /** What stands on the subject of a call, in the order of the journal. */
    journalled: async (callId: string): Promise<CloudEvent[]> => {
      const found: CloudEvent[] = [];
      const { state } = await broker.manager.streams.info(streamOf(district));
      for (let seq = state.first_seq; seq <= state.last_seq; seq++) {
        const message = await broker.manager.streams.getMessage(streamOf(district), { seq });
        if (message?.subject === `vx.${district}.hotline.call.${callId}`) found.push(message.json<CloudEvent>());
      }
      return found;
    },
    stop: async () => {
      await kill();
      await broker.manager.streams.delete(streamOf(district));
      appender.close();
      await broker.close();
      await server.drop();
      takeBack();
    },
  };
}
