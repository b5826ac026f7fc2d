// Tiles over a million points in one district. Run by `npm run bench -- tiles`, or with DATABASE_URL naming an empty PostGIS database.

import { mulberry32 } from '@vungxanh/ml/numerics';
import type { CloudEvent } from '#contracts/cloud-event.ts';
import { pointCategories } from '#contracts/points.ts';
import { createApp } from '#platform/app.ts';
import { type Database, inTransaction, migrate, openDatabase } from '#platform/database.ts';
import { createLog } from '#platform/log.ts';
import { createMetrics } from '#platform/metrics.ts';
import type { Entry } from '#platform/projection.ts';
import { listen } from '#platform/serve.ts';
import { stepsOf } from '../points/z-order.ts';
import { pointProjections } from '../projections/points.ts';
import { tileRoutes } from '../routes/tiles.ts';

const points = 1_000_000;
const batch = 2000;
const district = 'q7';
/** Six kilometres by six around the middle of District 7. */
const box = { west: 106.7005, east: 106.7555, south: 10.7069, north: 10.7611 };
const zooms = [12, 13, 14, 15, 16, 17, 18];
const requestsPerZoom = 60;
const aimMs = 50;

const quantile = (times: number[], share: number) =>
  Number(times.toSorted((a, b) => a - b)[Math.min(times.length - 1, Math.floor(times.length * share))]!.toFixed(1));

/**
 * p95 of a tile that is made anew, over HTTP, at zooms 12 to 18 with as many requests each. Reference of the same run: ST_AsMVT of as many
 * made-up points as the tile has features, with the same attributes and no table to read. `ratio`: value / that.
 */
export async function benchTiles(databaseUrl: string) {
  await migrate(databaseUrl, 'geography', new URL('../migrations/', import.meta.url));
  const database = openDatabase(databaseUrl, { statementTimeoutMs: 0 });
  try {
    await database.query(
      `INSERT INTO geography.districts (district, name, time_zone, clock, exercise, centre, known_at, sequence)
       VALUES ('q7', 'Quận 7', 'Asia/Ho_Chi_Minh', 'live', false, ST_SetSRID(ST_MakePoint(106.728, 10.734), 4326), now(), 1)`,
    );
    const projectedPerSecond = await fill(database);
    await database.query('ANALYZE geography.points');
    await database.query('ANALYZE geography.point_cells');
    const cold = await measure(database, 1);
    const warm = await measure(database, 64 * 1024 * 1024);
    const references = await reference(
      database,
      cold.flatMap(({ requests }) => requests.map(({ features }) => features)),
    );
    const all = cold.flatMap(({ requests }) => requests.map(({ ms }) => ms));
    const allWarm = warm.flatMap(({ requests }) => requests.map(({ ms }) => ms));
    const value = quantile(all, 0.95);
    return {
      bench: 'tiles',
      value,
      unit: 'ms',
      reference: { plainAsMvtP95Ms: quantile(references, 0.95) },
      ratio: Number((value / quantile(references, 0.95)).toFixed(2)),
      ok: value <= aimMs,
      details: {
        aim: `<= ${aimMs} ms cold p95 at z >= 12`,
        points,
        p50: quantile(all, 0.5),
        p95: value,
        warmP50: quantile(allWarm, 0.5),
        warmP95: quantile(allWarm, 0.95),
        projectedPerSecond,
        zooms: cold.map(({ z, requests }, i) => ({
          z,
          coldP50: quantile(
            requests.map(({ ms }) => ms),
            0.5,
          ),
          coldP95: quantile(
            requests.map(({ ms }) => ms),
            0.95,
          ),
          warmP95: quantile(
            warm[i]!.requests.map(({ ms }) => ms),
            0.95,
          ),
          largestBytes: Math.max(...requests.map(({ bytes }) => bytes)),
          mostFeatures: Math.max(...requests.map(({ features }) => features)),
        })),
      },
    };
  } finally {
    await database.end();
  }
}

/** Half of the points anywhere, half around two hundred crowded spots, through the projection as the journal would bring them. */
async function fill(database: Database): Promise<number> {
  const random = mulberry32(7);
  const [, violations] = pointProjections();
  const anywhere = () => ({
    lon: box.west + random() * (box.east - box.west),
    lat: box.south + random() * (box.north - box.south),
  });
  const spots = Array.from({ length: 200 }, anywhere);
  const near = () => {
    const spot = spots[Math.floor(random() * spots.length)]!;
    const away = (random() + random() + random() - 1.5) * 0.002;
    return { lon: spot.lon + away, lat: spot.lat + (random() + random() + random() - 1.5) * 0.002 };
  };
  const kinds = pointCategories.violations;
  let spentMs = 0;
  for (let from = 0; from < points; from += batch) {
    const entries = Array.from({ length: batch }, (_, i): Entry<CloudEvent> => {
      const sequence = from + i + 2;
      const data = {
        violationId: `violation-${sequence}`,
        kind: kinds[Math.floor(random() * kinds.length)]!,
        occurredAt: new Date(Date.UTC(2021, 0, 1) + random() * 3e10).toISOString(),
        location: sequence % 2 ? anywhere() : near(),
      };
      const recordedtime = data.occurredAt;
      const event = {
        specversion: '1.0',
        id: `e${sequence}`,
        source: '/bench',
        type: 'violation-reported',
        time: recordedtime,
        recordedtime,
        district,
        data,
      } as const;
      return { sequence, subject: '', event };
    });
    const start = performance.now();
    await inTransaction(database, async (transaction) => {
      await transaction.query('SET LOCAL synchronous_commit = off');
      await violations!.apply(transaction, district, entries);
    });
    spentMs += performance.now() - start;
  }
  await database.query(
    `INSERT INTO geography.positions (projection, stream, district, stream_created, disposable, sequence)
     VALUES ('points-violations', 'VX_q7', 'q7', 'bench', false, $1)`,
    [points + 1],
  );
  return Math.round(points / (spentMs / 1000));
}

interface Measured {
  z: number;
  requests: { ms: number; bytes: number; features: number }[];
}

/** `mostTileBytes` 1 keeps no tile, so that each is made anew. */
async function measure(database: Database, mostTileBytes: number): Promise<Measured[]> {
  const app = createApp({
    name: 'bench',
    log: createLog('bench', 'silent'),
    metrics: createMetrics('bench'),
    access: {},
  });
  tileRoutes(app, { database, now: () => new Date(), mostTileBytes });
  const server = await listen(app, 0, '127.0.0.1');
  const random = mulberry32(11);
  const measured: Measured[] = [];
  for (const z of zooms) {
    const [first, last] = [stepsOf(box.west, box.north), stepsOf(box.east, box.south)];
    const tile = (steps: number) => Math.floor(steps / 2 ** (31 - z));
    const addresses: string[] = [];
    for (let x = tile(first.x); x <= tile(last.x); x++)
      for (let y = tile(first.y); y <= tile(last.y); y++) addresses.push(`${z}/${x}/${y}`);
    const ask = async (address: string) => {
      const start = performance.now();
      const response = await fetch(
        `http://127.0.0.1:${server.port}/api/tiles/violations/${address}.mvt?district=${district}`,
      );
      const bytes = new Uint8Array(await response.arrayBuffer());
      return { ms: performance.now() - start, bytes: bytes.length, features: countFeatures(bytes) };
    };
    const chosen = Array.from({ length: requestsPerZoom }, () => addresses[Math.floor(random() * addresses.length)]!);
    if (mostTileBytes > 1) for (const address of chosen) await ask(address);
    const requests: Measured['requests'] = [];
    for (const address of chosen) requests.push(await ask(address));
    measured.push({ z, requests });
  }
  await server.stop();
  return measured;
}

/** Features (field 2) of the one layer (field 3) of a tile. Source: Mapbox Vector Tile Specification 2.1. */
function countFeatures(bytes: Uint8Array): number {
  let at = 0;
  let features = 0;
  const varint = () => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = bytes[at++]!;
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return value;
    }
  };
  if (bytes.length) {
    varint();
    varint();
  }
  while (at < bytes.length) {
    const tag = varint();
    if (tag >> 3 === 2) features++;
    if ((tag & 7) === 2) {
      const length = varint();
      at += length;
    } else varint();
  }
  return features;
}

async function reference(database: Database, features: number[]): Promise<number[]> {
  const times: number[] = [];
  for (const count of features) {
    const start = performance.now();
    await database.query(
      `SELECT ST_AsMVT(t, 'reference', 4096, 'geom', 'id') FROM (
         SELECT ST_MakePoint(n * 7919 % 4096, n * 104729 % 4096) AS geom, n AS id, 'kind ' || n % 10 AS category, 'reported' AS status,
           (DATE '2021-01-01' + n % 300)::text AS day FROM generate_series(1, $1::integer) AS n) t`,
      [count],
    );
    times.push(performance.now() - start);
  }
  return times;
}

if (import.meta.main) {
  const url = process.env.DATABASE_URL;
  if (!url) throw new Error('DATABASE_URL is not set: an empty PostGIS database with pg_trgm');
  process.stdout.write(`${JSON.stringify(await benchTiles(url))}\n`);
}
