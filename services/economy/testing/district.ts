import type { EventData } from '#contracts/catalogue.ts';
import { newEvent } from '#contracts/new-event.ts';
import type { Message } from '#platform/append.ts';
import { openDistrictStream } from '#platform/journal.ts';
import { temporaryDistrict } from '#platform/testing/servers.ts';
import { type ServiceUnderTest, startServiceUnderTest } from '#platform/testing/service.ts';
import { economy } from '../app.ts';

export const startEconomy = (now?: () => Date) =>
  startServiceUnderTest(economy(), {
    now,
    batchEntries: 50,
    others: [{ schema: 'geography', migrations: new URL('../../geography/migrations/', import.meta.url) }],
  });

/** A district D of four wards W0…W3, each a hundredth of a degree wide from (106.70, 10.70) eastwards, with two neighbourhoods each. */
export async function openTestDistrict(service: ServiceUnderTest, clock: 'live' | 'recorded' = 'recorded') {
  const district = temporaryDistrict();
  const { database, broker } = service.parts;
  await database.query(
    `INSERT INTO geography.districts (district, name, time_zone, clock, exercise, centre, known_at, sequence)
     VALUES ($1, 'Quận thử', 'Asia/Ho_Chi_Minh', $2, true, ST_SetSRID(ST_MakePoint(106.72, 10.705), 4326), '2000-01-01Z', 1)`,
    [district, clock],
  );
  const areas: [
    id: string,
    parent: string | null,
    level: string,
    west: number,
    south: number,
    east: number,
    north: number,
  ][] = [['D', null, 'district', 106.7, 10.7, 106.74, 10.71]];
  for (let ward = 0; ward < 4; ward++) {
    const west = 106.7 + ward / 100;
    areas.push([`W${ward}`, 'D', 'ward', west, 10.7, west + 0.01, 10.71]);
    areas.push([`W${ward}a`, `W${ward}`, 'neighbourhood', west, 10.7, west + 0.005, 10.71]);
    areas.push([`W${ward}b`, `W${ward}`, 'neighbourhood', west + 0.005, 10.7, west + 0.01, 10.71]);
  }
  for (const [index, [id, parent, level, ...box]] of areas.entries())
    await database.query(
      `INSERT INTO geography.area_versions (district, area_id, parent_id, level, name, name_plain, valid_from, known_at, geom, estimated, event_id, sequence)
       VALUES ($1, $2, $3, $4, $2, lower($2), '2000-01-01', '2000-01-01Z', ST_Multi(ST_MakeEnvelope($5, $6, $7, $8, 4326)), true, $2, $9)`,
      [district, id, parent, level, ...box, index + 1],
    );
  await openDistrictStream(broker, district, { clock, exercise: true });
  return district;
}

let count = 0;
/** A journal message of a fact that came by another door, known at `recordedTime`. */
export function message<
  Type extends 'business-registered' | 'business-status-changed' | 'revenue-published' | 'indicator-published',
>(district: string, type: Type, recordedTime: string, data: Partial<EventData<Type>>): Message {
  const fact = { type, district, source: 'test', id: `e${count++}`, time: recordedTime, recordedTime };
  return newEvent({ ...fact, data: data as EventData<Type> }).message;
}

/** Appends, and waits until the rows have it. */
export async function append(service: ServiceUnderTest, district: string, messages: Message[]): Promise<void> {
  const results = await service.parts.appender.appendAll(messages);
  const sequences = results.map((result) => {
    if (!result.ok) throw new Error(result.detail);
    return result.sequence;
  });
  // A new district's follower may not be there yet: then the question is answered at once with no.
  const deadline = Date.now() + 20_000;
  while (!(await service.projections[0]!.reached(district, Math.max(...sequences), 1000))) {
    if (Date.now() > deadline) throw new Error('rows did not follow');
    await new Promise((done) => setTimeout(done, 20));
  }
}

export async function get<Answer = Record<string, unknown>>(
  service: ServiceUnderTest,
  address: string,
): Promise<Answer> {
  const response = await service.app.request(address);
  if (response.status !== 200) throw new Error(`${response.status} ${address}: ${await response.text()}`);
  return (await response.json()) as Answer;
}

export const post = (service: ServiceUnderTest, address: string, body: unknown, headers: Record<string, string> = {}) =>
  service.app.request(address, {
    method: 'POST',
    body: JSON.stringify(body),
    headers: { 'content-type': 'application/json', ...headers },
  });

/** Every row of a district, in a stable order, without what no row may depend on. */
export async function allRows(service: ServiceUnderTest, district: string) {
  const tables = ['business_versions', 'status_spans', 'business_events', 'business_heads', 'indicator_versions'];
  const rows = await Promise.all(
    tables.map(async (table) => {
      const result = await service.parts.database.query<{ row: string }>(
        `SELECT to_jsonb(t)::text AS row FROM economy.${table} t WHERE district = $1 ORDER BY 1`,
        [district],
      );
      return result.rows.map(({ row }) => row);
    }),
  );
  return Object.fromEntries(tables.map((table, index) => [table, rows[index]!]));
}
