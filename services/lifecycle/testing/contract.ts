import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { PointLayer } from '#contracts/define-feed.ts';
import { type Committed, committedSubject } from '#contracts/live.ts';
import { bytesPerPoint } from '#contracts/points.ts';
import type { Message } from '#platform/append.ts';
import { deleteDistrictStream, readSubject } from '#platform/journal.ts';
import { allRows, append, get, post, until } from '#platform/testing/requests.ts';
import type { ServiceUnderTest } from '#platform/testing/service.ts';
import { createRandom } from '../../../ml/numerics/random.ts';
import { openTestDistrict } from '../../district/testing/district.ts';
import type { EntityTables, Placed } from '../tables.ts';

/** A whole number from 0 to below the bound. */
export type Below = (bound: number) => number;

/** A service with an entity with lawful steps, as the contract asks it. */
export interface EntityUnderTest {
  /** `now` left out: the clock on the wall. */
  start: (now?: () => Date) => Promise<ServiceUnderTest>;
  tables: Pick<EntityTables<Placed>, 'versions' | 'events' | 'heads' | 'key' | 'idField' | 'columns'> & {
    eventColumns: readonly { name: string }[];
  };
  /** Further tables that a fact which is sent again leaves alone. */
  furtherTables?: readonly string[];
  /** Addresses of list (and of one, below it), points and figures. */
  list: string;
  points: string;
  figures: string;
  layer: PointLayer;
  /** Everything that goes wrong: late knowledge, corrections, steps out of order. Entities and facts are drawn from a few, so that they meet. */
  facts: (district: string, below: Below, size: number) => Message[];
  /** Query parameters of the list, each with values that leave something. */
  filters: Record<string, fc.Arbitrary<string>>;
  /** What a POST to the list makes an entity known with, on a day before 2021-11-10 and at `location`. */
  create: (id: string, location: { lon: number; lat: number }) => Record<string, unknown>;
  /**
   * Addresses below an entity, with bodies: a step that is lawful for a new one, and one that is not. `unlawful` left out: every step is lawful for a
   * new one, and none after `step`. `lawfulSteps`: those of a new one.
   */
  step: { path: string; body: Record<string, unknown> };
  unlawful?: { path: string; body: Record<string, unknown> };
  currentStatus: string;
  lawfulSteps: readonly string[];
}

interface FiguresAnswer {
  asOf: string;
  areas: { areaId: string | null; figures: { formula: string; value: number; list: string }[] }[];
}
type Item = Record<string, unknown> & { location: unknown; firstSequence: number; status: string };
interface PageAnswer {
  asOf: string;
  items: Item[];
  total: number;
  nextCursor: string | null;
}

const patiently = 120_000;

/**
 * What every entity with lawful steps keeps, whatever its own rules are, on real PostgreSQL and NATS. To be called in a test file of the service:
 *
 * - the migrations make the columns that the entity is declared with;
 * - rows depend on the journal alone: however it is cut into batches, in whatever order facts came, and after a rebuild;
 * - the current state is the same in any order of arrival and with any repetition; a step that comes before its entity waits, and counts nowhere;
 * - a fact that is sent again changes nothing; what is known never goes back and has no gap;
 * - a read as of a moment answers what was answered then;
 * - list, map and total are the same rows for every filter, and every figure opens the list that sums to it;
 * - a command is of the district's time; a stale one is 412, an unlawful step 409 with the lawful ones;
 * - a point that was there before its area gets it, and the touched figures are told.
 */
export function lifecycleContract(name: string, entity: EntityUnderTest): void {
  const { tables } = entity;
  const written = [tables.versions, tables.events, ...(entity.furtherTables ?? [])];
  const idOf = (item: Record<string, unknown>) => String(item[tables.idField]);
  const tableOf = (table: string) => table.split('.')[1]!;
  const rowsOf = (service: ServiceUnderTest, district: string, names: readonly string[]) =>
    allRows(service, tables.versions.split('.')[0]!, names.map(tableOf), district);
  const recordedTimeOf = ({ payload }: Message) => String(JSON.parse(payload).recordedtime);

  describe(`${name}, an entity with lawful steps`, () => {
    let service: ServiceUnderTest;
    const districts: string[] = [];
    beforeAll(async () => {
      service = await entity.start(() => new Date('2021-11-10T03:00:00Z'));
    }, patiently);
    afterAll(async () => {
      for (const district of districts) await deleteDistrictStream(service.parts.broker, district);
      await service.stop();
    }, patiently);
    const open = async (clock: 'live' | 'recorded' = 'recorded') => {
      const district = await openTestDistrict(service, { clock });
      districts.push(district);
      return district;
    };
    const address = (path: string, query: Record<string, string>) => `${path}?${new URLSearchParams(query)}`;
    const figuresAt = (query: Record<string, string>) => get<FiguresAnswer>(service, address(entity.figures, query));
    const valuesOf = ({ areas }: FiguresAnswer) =>
      areas.map(({ areaId, figures }) => [areaId, ...figures.map(({ formula, value }) => [formula, value])]);
    const pointsAt = async (query: Record<string, string>) => {
      const response = await service.app.request(address(entity.points, query));
      expect(response.status).toBe(200);
      return {
        bytes: Buffer.from(await response.arrayBuffer()),
        total: Number(response.headers.get('x-total-count')),
        withoutPlace: Number(response.headers.get('x-without-place')),
        asOf: response.headers.get('x-as-of'),
      };
    };
    const listAll = async (query: Record<string, string>) => {
      const items: Item[] = [];
      let page: PageAnswer;
      let cursor: string | null = null;
      do {
        page = await get(service, address(entity.list, { ...query, limit: '37', ...(cursor && { cursor }) }));
        items.push(...page.items);
        cursor = page.nextCursor;
      } while (cursor !== null);
      return { items, total: page.total };
    };

    test('the migrations make the columns that are written', async () => {
      const columnsOf = async (table: string) => {
        const { rows } = await service.parts.database.query<{ column_name: string }>(
          'SELECT column_name FROM information_schema.columns WHERE table_schema = $1 AND table_name = $2',
          table.split('.'),
        );
        return rows.map((row) => row.column_name).sort();
      };
      const version = ['known_at', 'known_until', 'stated_area_id', 'area_id', 'at', 'first_sequence', 'event_key'];
      const event = ['event_key', 'type', 'known_at', 'stated_order', 'data'];
      const names = (columns: readonly { name: string }[]) => columns.map(({ name: column }) => column);
      const every = ['district', tables.key, 'sequence'];
      expect(await columnsOf(tables.versions)).toEqual([...every, ...version, ...names(tables.columns)].sort());
      expect(await columnsOf(tables.events)).toEqual([...every, ...event, ...names(tables.eventColumns)].sort());
      expect(await columnsOf(tables.heads)).toEqual(every.toSorted());
    });

    test(
      'the rows are of the journal alone: in whatever order facts came, and however it is cut into batches',
      async () => {
        for (const seed of [1, 2, 3]) {
          const random = createRandom(seed);
          const district = await open();
          const facts = entity.facts(district, random.below, 100);
          // The order in which the journal heard of them; the first is as they were made.
          if (seed > 1) shuffle(facts, random.below);
          await append(service, district, facts);
          const rows = await rowsOf(service, district, [...written, tables.heads]);
          expect(rows[tableOf(tables.versions)]!.length).toBeGreaterThan(30);
          for (const batchEntries of [1, 1 + random.below(20), 1000]) {
            await service.rebuild(district, batchEntries);
            expect(await rowsOf(service, district, [...written, tables.heads])).toEqual(rows);
          }
          await expectKnowledgeInOrder(service, district);
        }
      },
      patiently,
    );

    /** Versions of an entity follow one another without gap or overlap, never back in time; one is current; the first sequence stays. */
    async function expectKnowledgeInOrder(under: ServiceUnderTest, district: string): Promise<void> {
      const { rows } = await under.parts.database.query(
        `SELECT ${tables.key} FROM (
           SELECT *, lead(known_at) OVER entity AS next_known_at, first_value(sequence) OVER entity AS first_of_all
           FROM ${tables.versions} WHERE district = $1 WINDOW entity AS (PARTITION BY ${tables.key} ORDER BY sequence)) AS v
         WHERE known_until <> COALESCE(next_known_at, 'infinity') OR known_until < known_at OR first_sequence <> first_of_all`,
        [district],
      );
      expect(rows).toEqual([]);
    }

    test(
      'the current state does not depend on the order of arrival, nor on repetition',
      async () => {
        const [first, second] = [await open(), await open()];
        const said = (district: string) =>
          entity
            .facts(district, createRandom(8).below, 120)
            .map((fact, index) => changed(fact, { id: `fact ${index}`, authid: 'feed:test' }));
        await append(service, first, said(first));
        const otherwise = said(second);
        shuffle(otherwise, createRandom(9).below);
        const again = otherwise
          .filter((_, index) => index % 3 === 0)
          .map((fact) => ({ ...fact, id: `${fact.id} again` }));
        await append(service, second, [...otherwise, ...again]);
        const current = await currentStates(first);
        expect(Object.values(current).flat().length).toBeGreaterThan(20);
        expect(await currentStates(second)).toEqual(current);
      },
      patiently,
    );

    test(
      'a step that comes before its entity waits, counts nowhere, and has its effect when that comes; told again it stays',
      async () => {
        const [made, early] = [await open('live'), await open('live')];
        await post(
          service,
          address(entity.list, { district: made }),
          entity.create('one', { lon: 106.702, lat: 10.705 }),
        );
        const { path, body } = entity.step;
        await post(service, address(`${entity.list}/one/${path}`, { district: made }), body);
        const subject = await subjectOf(service, made, 'one');
        const stored = await readSubject(service.parts.broker, `VX_${made}`, subject, 99);
        const [birth, step] = stored.map(({ text }) => ({
          subject: subject.replace(made, early),
          id: JSON.parse(text).id as string,
          payload: JSON.stringify({ ...JSON.parse(text), district: early }),
        }));
        const waiting = async () => (await get<{ waiting: Record<string, number> }>(service, '/readyz')).waiting[early];

        await append(service, early, [step!]);
        expect(await waiting()).toBe(1);
        expect((await service.app.request(address(`${entity.list}/one`, { district: early }))).status).toBe(404);
        expect(await listAll({ district: early })).toEqual({ items: [], total: 0 });
        expect((await pointsAt({ district: early })).total).toBe(0);
        const { areas } = await figuresAt({ district: early });
        expect(areas.flatMap(({ figures }) => figures.filter(({ value }) => value !== 0))).toEqual([]);
        expect((await post(service, address(`${entity.list}/one/${path}`, { district: early }), body)).status).toBe(
          404,
        );

        await append(service, early, [birth!]);
        const states = await currentStates(made);
        expect(await currentStates(early)).toEqual(states);
        expect(await waiting()).toBeUndefined();
        // Tomorrow's list: the same with another id, recorded later.
        const tomorrow = new Date(Date.now() + 86_400_000).toISOString();
        await append(service, early, [changed(birth!, { id: 'again', recordedtime: tomorrow })]);
        expect(await currentStates(early)).toEqual(states);
        await expectKnowledgeInOrder(service, early);
      },
      patiently,
    );

    /** What is true now of the entities that are known, without its place in the journal. */
    async function currentStates(district: string): Promise<Record<string, unknown[]>> {
      const rows = await rowsOf(service, district, [tables.versions, ...(entity.furtherTables ?? [])]);
      const shown = (text: string) => {
        const {
          district: _district,
          known_at: _known,
          sequence: _sequence,
          first_sequence: _first,
          event_key: _event,
          ...row
        } = JSON.parse(text);
        return row.known_until === 'infinity' && row.reported !== false && row.registered !== false ? [row] : [];
      };
      return Object.fromEntries(
        Object.entries(rows).map(([table, texts]) => [
          table,
          texts.flatMap((text) => shown(String(text))).sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)),
        ]),
      );
    }

    test(
      'a fact that is sent again changes no row, and commands go on',
      async () => {
        const district = await open('live');
        const facts = entity.facts(district, createRandom(4).below, 60);
        await append(service, district, facts);
        await post(service, address(entity.list, { district }), entity.create('again', { lon: 106.702, lat: 10.705 }));
        const before = await rowsOf(service, district, written);
        const etag = (await service.app.request(address(`${entity.list}/again`, { district }))).headers.get('etag')!;
        await append(
          service,
          district,
          // Another message id stands for the same source and id after the broker has forgotten the first.
          facts.map((fact) => ({ ...fact, id: `${fact.id} again` })),
        );
        const journalled = await service.parts.broker.manager.streams.getMessage(`VX_${district}`, {
          last_by_subj: await subjectOf(service, district, 'again'),
        });
        const repeated = { subject: journalled!.subject, payload: journalled!.string(), id: 'the command again' };
        await append(service, district, [repeated]);
        expect(await rowsOf(service, district, written)).toEqual(before);
        const { path, body } = entity.step;
        const step = await post(service, address(`${entity.list}/again/${path}`, { district }), body, {
          'if-match': etag,
        });
        expect(step.status).toBe(200);
      },
      patiently,
    );

    test(
      'a read as of a moment answers what was answered then',
      async () => {
        const district = await open();
        const facts = entity
          .facts(district, createRandom(5).below, 200)
          .toSorted((a, b) => Date.parse(recordedTimeOf(a)) - Date.parse(recordedTimeOf(b)));
        const answersAt = async (query: Record<string, string>, ids: string[]) => {
          const figures = await figuresAt(query);
          const points = await pointsAt(query);
          return {
            list: await listAll(query),
            points: { ...points, bytes: points.bytes.toString('hex') },
            figures: valuesOf(figures),
            asOf: figures.asOf,
            one: await Promise.all(ids.map((id) => get(service, address(`${entity.list}/${id}`, query)))),
          };
        };
        const told: { ids: string[]; answers: Awaited<ReturnType<typeof answersAt>> }[] = [];
        for (let from = 0; from < facts.length; ) {
          let to = Math.min(from + 50, facts.length);
          // What became known at the very moment is known at it.
          while (to < facts.length && recordedTimeOf(facts[to]!) === recordedTimeOf(facts[to - 1]!)) to++;
          await append(service, district, facts.slice(from, to));
          from = to;
          const { items } = await listAll({ district });
          const ids = items.slice(0, 5).map(idOf);
          told.push({ ids, answers: await answersAt({ district }, ids) });
        }
        expect(told.length).toBeGreaterThan(2);
        expect(told[0]!.answers.list.total).toBeGreaterThan(0);
        for (const { ids, answers } of told)
          expect(await answersAt({ district, asOf: answers.asOf }, ids)).toEqual(answers);
      },
      patiently,
    );

    test(
      'list, map and total are the same rows for every filter',
      async () => {
        const district = await open();
        await append(service, district, entity.facts(district, createRandom(6).below, 400));
        const { layer } = entity;
        // At most three at once: more would leave nothing to compare.
        const filter = fc
          .tuple(fc.record(entity.filters), fc.subarray(Object.keys(entity.filters), { maxLength: 3 }))
          .map(([all, names]) => Object.fromEntries(names.map((one) => [one, all[one]!])));
        let seen = 0;
        await fc.assert(
          fc.asyncProperty(filter, async (chosen) => {
            const query = { district, ...chosen };
            const { items, total } = await listAll(query);
            expect(new Set(items.map(idOf)).size).toBe(total);
            expect(items).toHaveLength(total);
            const points = await pointsAt(query);
            const located = items.filter(({ location }) => location !== null);
            expect([points.total, points.withoutPlace]).toEqual([total, total - located.length]);
            const drawn = Array.from({ length: points.bytes.length / bytesPerPoint }, (_, index) => {
              const offset = index * bytesPerPoint;
              return [points.bytes.readUInt32LE(offset + 8), points.bytes[offset + 14], points.bytes[offset + 15]];
            });
            const listed = located.map((item) => [
              item.firstSequence,
              layer.categories.indexOf(String(item[layer.categoryField])),
              layer.statuses.indexOf(item.status),
            ]);
            expect(drawn).toEqual(listed.toSorted(([a], [b]) => a! - b!));
            seen += total;
          }),
          { numRuns: 30, seed: 1 },
        );
        expect(seen).toBeGreaterThan(100);
        // Every figure of every area opens the list that sums to it.
        const { areas } = await figuresAt({ district });
        expect(areas.length).toBeGreaterThan(5);
        for (const { areaId, figures } of areas)
          for (const { formula, value, list } of figures)
            expect([areaId, formula, (await get<PageAnswer>(service, `${list}&limit=1`)).total]).toEqual([
              areaId,
              formula,
              value,
            ]);
        const whole = areas.find(({ areaId }) => areaId === null)!;
        expect(whole.figures.some(({ value }) => value > 0)).toBe(true);
      },
      patiently,
    );

    test(
      'a command in recorded history moves no clock; a stale one is 412, an unlawful step 409 with the lawful ones',
      async () => {
        const district = await open();
        await append(service, district, entity.facts(district, createRandom(7).below, 60));
        const { asOf } = await figuresAt({ district });
        // The wall's clock is not the district's.
        expect(Date.parse(asOf)).not.toBe(service.parts.now().getTime());
        const created = await post(
          service,
          address(entity.list, { district }),
          entity.create('new', { lon: 106.702, lat: 10.705 }),
        );
        expect([created.status, created.headers.get('location')]).toEqual([
          201,
          `${entity.list}/new?district=${district}`,
        ]);
        const first = created.headers.get('etag')!;
        const at = (path: string, id = 'new') => address(`${entity.list}/${id}/${path}`, { district });
        const { step, unlawful } = entity;
        if (unlawful) {
          const refused = await post(service, at(unlawful.path), unlawful.body);
          expect([refused.status, await refused.json()]).toMatchObject([
            409,
            { currentStatus: entity.currentStatus, lawfulSteps: entity.lawfulSteps },
          ]);
        }
        expect((await post(service, at(step.path, 'nobody'), step.body)).status).toBe(404);
        const taken = await post(service, at(step.path), step.body, { 'if-match': first });
        expect(taken.status).toBe(200);
        expect(taken.headers.get('etag')).not.toBe(first);
        if (!unlawful) {
          const again = await post(service, at(step.path), step.body);
          expect([again.status, await again.json()]).toMatchObject([409, { lawfulSteps: [] }]);
        }
        const stale = await post(service, at(step.path), step.body, { 'if-match': first });
        expect([stale.status, stale.headers.get('etag')]).toEqual([412, taken.headers.get('etag')]);
        expect(await stale.json()).toMatchObject({ current: { [tables.idField]: 'new' } });
        const one = await service.app.request(address(`${entity.list}/new`, { district }));
        expect(one.headers.get('etag')).toBe(taken.headers.get('etag'));
        expect((await figuresAt({ district })).asOf).toBe(asOf);
      },
      patiently,
    );

    test(
      'a point that was there before its area gets it, and the touched figures are told',
      async () => {
        const { broker, database } = service.parts;
        const district = await open('live');
        const heard: Committed[] = [];
        const serviceName = entity.list.split('/')[2]!;
        const subscription = broker.connection.subscribe(committedSubject(district, serviceName), {
          callback: (_error, said) => void heard.push(said.json<Committed>()),
        });
        const early = address(`${entity.list}/early`, { district });
        await post(service, address(entity.list, { district }), entity.create('early', { lon: 106.75, lat: 10.705 }));
        expect(await get(service, early)).toMatchObject({ areaId: null });
        await database.query(
          `INSERT INTO geography.area_versions (district, area_id, parent_id, level, name, name_plain, valid_from, known_at, geom, estimated, event_id, sequence)
           VALUES ($1, 'W9', 'D', 'ward', 'W9', 'w9', '2000-01-01', '2000-01-01Z', ST_Multi(ST_MakeEnvelope(106.74, 10.7, 106.76, 10.71, 4326)), true, 'W9', 99)`,
          [district],
        );
        broker.connection.publish(
          committedSubject(district, 'geography'),
          JSON.stringify({ district, service: 'geography', throughSequence: 1 }),
        );
        await until(async () => ((await get(service, early)).areaId === 'W9' ? true : undefined));
        const told = await until(async () => {
          const figures = heard.flatMap((committed) => committed.figures ?? []);
          return figures.some(({ areaId }) => areaId === 'W9') ? figures : undefined;
        });
        expect(told.some(({ areaId, value }) => areaId === 'W9' && value === 1)).toBe(true);
        expect(told.some(({ areaId }) => areaId === 'D')).toBe(true);
        expect(told.some(({ areaId }) => areaId === 'W3')).toBe(false);
        subscription.unsubscribe();
      },
      patiently,
    );

    /** Subject of an entity's events, from a fact about it. */
    async function subjectOf(under: ServiceUnderTest, district: string, id: string): Promise<string> {
      const { subjects } = (
        await under.parts.broker.manager.streams.info(`VX_${district}`, { subjects_filter: `vx.${district}.*.*.${id}` })
      ).state;
      return Object.keys(subjects ?? {})[0]!;
    }
  });
}

/** A message with other attributes of its event. */
const changed = (fact: Message, attributes: Record<string, unknown>): Message => {
  const event = { ...JSON.parse(fact.payload), ...attributes };
  return { ...fact, id: `${event.source} ${event.id}`, payload: JSON.stringify(event) };
};

/** Fisher and Yates, in place. */
function shuffle<Value>(values: Value[], below: Below): void {
  for (let last = values.length - 1; last > 0; last--) {
    const other = below(last + 1);
    [values[last], values[other]] = [values[other]!, values[last]!];
  }
}
