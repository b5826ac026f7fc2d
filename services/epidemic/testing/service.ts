import type { EventData, EventType } from '#contracts/catalogue.ts';
import { newEvent } from '#contracts/new-event.ts';
import type { Message } from '#platform/append.ts';
import { openDistrictStream } from '#platform/journal.ts';
import { temporaryDistrict } from '#platform/testing/servers.ts';
import { type ServiceUnderTest, startServiceUnderTest } from '#platform/testing/service.ts';
import { epidemic } from '../app.ts';

export const startEpidemic = (now?: () => Date) =>
  startServiceUnderTest(epidemic(), {
    now,
    batchEntries: 40,
    others: [{ schema: 'geography', migrations: new URL('../../geography/migrations/', import.meta.url) }],
  });

/** District D with wards W0…W3 side by side, a hundredth of a degree wide from (106.70, 10.70), two neighbourhoods each, 1,000 people a ward. */
export async function openTestDistrict(
  service: ServiceUnderTest,
  clock: 'live' | 'recorded' = 'recorded',
): Promise<string> {
  const district = temporaryDistrict();
  const { database, broker } = service.parts;
  await database.query(
    `INSERT INTO geography.districts (district, name, time_zone, clock, exercise, centre, known_at, sequence)
     VALUES ($1, 'Quận thử', 'Asia/Ho_Chi_Minh', $2, true, ST_SetSRID(ST_MakePoint(106.72, 10.705), 4326), '2000-01-01Z', 1)`,
    [district, clock],
  );
  const box = (west: number, east: number) => `ST_Multi(ST_MakeEnvelope(${west}, 10.7, ${east}, 10.71, 4326))`;
  const areas: [id: string, parent: string | null, level: string, outline: string, people: number][] = [
    ['D', null, 'district', box(106.7, 106.74), 4000],
  ];
  for (let ward = 0; ward < 4; ward++) {
    const west = 106.7 + ward / 100;
    areas.push([`W${ward}`, 'D', 'ward', box(west, west + 0.01), 1000]);
    areas.push([`W${ward}a`, `W${ward}`, 'neighbourhood', box(west, west + 0.005), 400]);
    areas.push([`W${ward}b`, `W${ward}`, 'neighbourhood', box(west + 0.005, west + 0.01), 600]);
  }
  for (const [index, [id, parent, level, outline, people]] of areas.entries()) {
    await database.query(
      `INSERT INTO geography.area_versions (district, area_id, parent_id, level, name, name_plain, valid_from, known_at, geom, estimated, event_id, sequence)
       VALUES ($1, $2, $3, $4, $2, lower($2), '2000-01-01', '2000-01-01Z', ${outline}, true, $2, $5)`,
      [district, id, parent, level, index + 1],
    );
    await database.query(
      `INSERT INTO geography.population_versions (district, area_id, age_group, people, valid_from, known_at, estimated, event_id, sequence)
       VALUES ($1, $2, 'all', $3, '2000-01-01', '2000-01-01Z', true, $2, $4)`,
      [district, id, people, index + 1],
    );
  }
  await openDistrictStream(broker, district, { clock, exercise: true });
  return district;
}

let count = 0;
/** A journal message of a fact that came by another door. */
export function message<Type extends EventType>(
  district: string,
  type: Type,
  data: EventData<Type>,
  recordedTime: string,
  id = `e${count++}`,
): Message {
  return newEvent({ type, district, source: 'test', id, time: recordedTime, recordedTime, data }).message;
}

/** Appends, and waits until the rows have it. */
export async function append(service: ServiceUnderTest, district: string, messages: Message[]): Promise<void> {
  const results = await service.parts.appender.appendAll(messages);
  const last = Math.max(
    ...results.map((result) => {
      if (!result.ok) throw new Error(result.detail);
      return result.sequence;
    }),
  );
  const deadline = Date.now() + 20_000;
  while (!(await service.projections[0]!.reached(district, last, 1000))) {
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

/** Every row of a district, in a stable order. */
export async function allRows(service: ServiceUnderTest, district: string): Promise<Record<string, string[]>> {
  const tables = ['case_versions', 'count_versions', 'doses', 'vaccination_versions', 'capacity_versions', 'feeds'];
  const rows = await Promise.all(
    tables.map(async (table) => {
      const result = await service.parts.database.query<{ row: string }>(
        `SELECT to_jsonb(t)::text AS row FROM epidemic.${table} t WHERE district = $1 ORDER BY 1`,
        [district],
      );
      return result.rows.map(({ row }) => row);
    }),
  );
  return Object.fromEntries(tables.map((table, index) => [table, rows[index]!]));
}
