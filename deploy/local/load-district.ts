import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { programmeActor } from '../../services/contracts/actor.ts';
import type { EventType } from '../../services/contracts/catalogue.ts';
import { withoutMarks } from '../../services/contracts/names.ts';
import { attributedEvent, type NewEvent } from '../../services/contracts/new-event.ts';
import { registerPack } from '../../services/geography/district-pack/register-pack.ts';
import { loadDistrict7Pack, loadDistrictPack } from '../../services/geography/district7/pack.ts';
import { areaEvents } from '../../services/geography/import/area-events.ts';
import { importAreas } from '../../services/geography/import/import-areas.ts';
import { judgeLayer } from '../../services/geography/import/judge-areas.ts';
import { Appender } from '../../services/platform/append.ts';
import { type Broker, openBroker } from '../../services/platform/broker.ts';
import { openDatabase } from '../../services/platform/database.ts';
import { findDistrictStream, openDistrictStream } from '../../services/platform/journal.ts';
import { clockIn } from '../../services/platform/local-time.ts';

export interface Loaded {
  name: string;
  /** Facts that the journal did not have. */
  appended: number;
  /** What an import had to say of the file. */
  notes: string[];
}

/** Writes the district's places to the journal, unless they are there: a pack folder, a GeoJSON file, or the District 7 pack. */
export async function loadDistrict(
  path: string | undefined,
  servers: { natsUrl: string; databaseUrl: string; replicas?: number },
  now: Date,
): Promise<Loaded> {
  if (path && !existsSync(path)) throw new Error(`--district ${path}: there is no such file or folder`);
  const broker = await openBroker(servers.natsUrl, 'start', undefined, { replicas: servers.replicas });
  const appender = new Appender(broker);
  try {
    if (path && statSync(path).isFile()) return await loadFile(path, { broker, appender }, servers.databaseUrl, now);
    if (path && !existsSync(join(path, 'district.json')))
      throw new Error(
        `--district ${path}: a pack folder has a district.json (see services/geography/district7/README.md)`,
      );
    const pack = path ? loadDistrictPack(path) : loadDistrict7Pack();
    const { appended } = await registerPack(appender, broker, pack, {
      clock: 'live',
      exercise: false,
      recordedTime: now.toISOString(),
    });
    return { name: pack.district.name.vi, appended, notes: [] };
  } finally {
    appender.close();
    await broker.close();
  }
}

/** Vietnam's own zone: a file of outlines does not say its clock. Another one: register the district with the import command. */
const timeZone = 'Asia/Ho_Chi_Minh';

/** A district named after its file, its areas checked and repaired as any import of areas is. */
async function loadFile(
  path: string,
  { broker, appender }: { broker: Broker; appender: Appender },
  databaseUrl: string,
  now: Date,
): Promise<Loaded> {
  const name = basename(path).replace(/\.(geo)?json$/i, '');
  const district = withoutMarks(name)
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 32);
  if (!district)
    throw new Error(`--district ${path}: the file's name gives the district its id, and has no letter or digit`);
  if (await findDistrictStream(broker, district)) return { name, appended: 0, notes: [] };
  const database = openDatabase(databaseUrl);
  try {
    const validFrom = now.toISOString().slice(0, 10);
    const read = await importAreas(database, readFileSync(path, 'utf8'), {
      validFrom,
      root: { areaId: district, name },
      source: basename(path),
    });
    const { report, areas } = judgeLayer(read, { clock: clockIn(now, timeZone), places: { areas: new Map() } });
    if (areas.length === 0)
      throw new Error(
        `--district ${path}: no area in it could be used: ${report.refused.map(({ reason }) => reason).join('; ')}`,
      );
    const placement = { district, clock: 'live' as const, exercise: false, recordedTime: now.toISOString() };
    await openDistrictStream(broker, district, { ...placement, timeZone });
    const outline = areas.flatMap(({ geometry }) => geometry?.coordinates.flat(2) ?? []);
    const middle = (axis: 0 | 1) => {
      const values = outline.map((point) => point[axis]!);
      return (
        (values.reduce((low, value) => Math.min(low, value)) + values.reduce((high, value) => Math.max(high, value))) /
        2
      );
    };
    const registration: NewEvent<'district-registered'> = {
      type: 'district-registered',
      district,
      source: '/geography/start',
      id: createHash('sha256').update(district).digest('hex').slice(0, 16),
      time: placement.recordedTime,
      recordedTime: placement.recordedTime,
      data: {
        districtId: district,
        name,
        timeZone,
        clock: 'live',
        exercise: false,
        centre: { lon: middle(0), lat: middle(1) },
      },
    };
    const events = [registration, ...areaEvents(areas, placement)];
    const attribution = { actor: programmeActor('geography'), correlationId: registration.id };
    const results = await appender.appendAll(
      events.map((event) => attributedEvent(event as NewEvent<EventType>, attribution).message),
    );
    const refused = results.find((result) => !result.ok);
    if (refused && !refused.ok) throw new Error(`--district ${path}: ${refused.detail}`);
    return {
      name,
      appended: events.length,
      notes: [
        ...report.refused.map(({ index, id, reason }) => `feature ${index} (${id ?? 'no id'}) refused: ${reason}`),
        ...report.repairs.map(({ id, what }) => `${id} repaired: ${what.join(', ')}`),
        `${report.overlaps.length} overlaps, ${report.gaps.length} gaps`,
      ],
    };
  } finally {
    await database.end();
  }
}
