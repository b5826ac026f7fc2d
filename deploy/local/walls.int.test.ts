import { randomBytes } from 'node:crypto';
import { chmodSync, cpSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import pg from 'pg';
import pino from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { definitionOf, eventDefinitions } from '../../services/contracts/catalogue.ts';
import { schemas } from '../../services/migrations.ts';
import { Appender } from '../../services/platform/append.ts';
import { type Broker, openBroker, type Refusal } from '../../services/platform/broker.ts';
import { migrate, openReads } from '../../services/platform/database.ts';
import { openDeadLetters } from '../../services/platform/dead-letters.ts';
import { openDistrictStream } from '../../services/platform/journal.ts';
import { readStream } from '../../services/platform/read-stream.ts';
import { services as declared, serviceNamed } from '../../services/services.ts';
import { brokerPermissions } from './broker-permissions.ts';
import { makeSchemas } from './database-roles.ts';
import { secretOf } from './secrets.ts';
import { openServers, type Servers } from './servers.ts';

const folder = mkdtempSync(join(tmpdir(), 'vung-xanh-walls-'));
chmodSync(folder, 0o755);
let servers: Servers;

const definitions = eventDefinitions();
const outside = ['import', 'replay', 'drill'];
/** Every service, and who else speaks. */
const programmes = [...new Set([...declared.map(({ name }) => name), ...outside])];
const inside = programmes.filter((programme) => !outside.includes(programme));
const permissionsOf = (programme: string) => {
  const { readsJournals } = serviceNamed(programme);
  return brokerPermissions(programme, definitions, readsJournals ? { readsJournals } : {});
};
/** Services that speak to the broker. */
const atTheBroker = inside.filter((programme) => permissionsOf(programme) !== undefined);
/** Services that read journals whole. */
const readsWhole = ['live', 'chain'];

beforeAll(async () => {
  servers = await openServers(folder, {}, () => {});
  // As the version before the roles left a database: everything belongs to the one role there was.
  await makeSchemas(servers.databaseUrl);
  await makeSchemas(servers.databaseUrl, (service) => secretOf(folder, service));
}, 120_000);
afterAll(async () => {
  await servers.stop();
  rmSync(folder, { recursive: true, force: true });
});

test('each service limits what a question may take of the disk, by its own right', async () => {
  for (const { service } of schemas) {
    const limited: unknown[] = [];
    const reads = openReads(servers.addressesOf(service).DATABASE_URL!, undefined, (error) => limited.push(error));
    const { rows } = await reads.query<{ temp_file_limit: string }>('SHOW temp_file_limit');
    await reads.end();
    expect([service, rows, limited]).toEqual([service, [{ temp_file_limit: '512MB' }], []]);
  }
});

test('secrets and what holds them are for the owner alone', () => {
  const modeOf = (path: string) => (statSync(join(folder, path)).mode & 0o777).toString(8);
  expect(modeOf('secrets')).toBe('700');
  expect(readdirSync(join(folder, 'secrets'))).toEqual(expect.arrayContaining([...inside, 'operator']));
  for (const name of readdirSync(join(folder, 'secrets')))
    expect([name, modeOf(`secrets/${name}`)]).toEqual([name, '600']);
  expect(modeOf('nats/nats.conf')).toBe('600');
});

describe('the broker', () => {
  let operator: Broker;
  const opened: Broker[] = [];
  const as = async (programme: string) => {
    const broker = await openBroker(servers.addressesOf(programme).NATS_URL!, programme);
    opened.push(broker);
    return broker;
  };
  /** What the broker refused of it. The broker answers in order: the last question is one that it refuses to everybody. */
  const refusalsOf = (broker: Broker, work: (broker: Broker) => void): Promise<Refusal[]> =>
    new Promise((done) => {
      const refusals: Refusal[] = [];
      const forget = broker.onRefused((refusal) => {
        if (refusal.subject !== 'the.last') refusals.push(refusal);
        else {
          forget();
          done(refusals);
        }
      });
      work(broker);
      broker.connection.publish('the.last');
    });

  beforeAll(async () => {
    operator = await openBroker(servers.natsUrl, 'operator');
    await openDistrictStream(operator, 'q7', { clock: 'live', exercise: false });
    await openDeadLetters(operator);
  });
  afterAll(async () => {
    for (const broker of [operator, ...opened]) await broker.close();
  });

  test('who people are is told to nobody by the broker: identity has no address of it', () => {
    expect(inside.filter((programme) => !atTheBroker.includes(programme))).toEqual(['identity']);
    expect(Object.keys(servers.addressesOf('identity'))).toEqual(['DATABASE_URL']);
    expect(inside.filter((programme) => servers.addressesOf(programme).NATS_URL !== undefined)).toEqual(atTheBroker);
  });

  test.each(outside)('%s has no user', async (programme) => {
    expect(servers.addressesOf(programme)).toEqual({});
    const address = new URL(servers.natsUrl);
    address.username = programme;
    for (const password of ['', secretOf(folder, 'operator')]) {
      address.password = password;
      await expect(openBroker(address.href, programme)).rejects.toThrow(/Authorization Violation/);
    }
  });

  test.each(atTheBroker)(
    '%s publishes the events that it says, and is told at once of every other',
    async (programme) => {
      const broker = await as(programme);
      const appender = new Appender(broker);
      const answers = await appender.appendAll(
        definitions.map(({ service, noun, type }) => ({
          subject: `vx.q7.${service}.${noun}.${programme}`,
          id: `${programme} ${type}`,
          payload: '{}',
        })),
      );
      appender.close();
      const found = Object.fromEntries(
        definitions.map(({ type }, index) => {
          const answer = answers[index]!;
          return [type, answer.ok ? 'journalled' : answer.reason];
        }),
      );
      // Events of one noun share a subject: who may say one of them may publish there.
      const expected = Object.fromEntries(
        definitions.map(({ type, service, noun }) => {
          const publishedBy = definitions
            .filter((other) => other.service === service && other.noun === noun)
            .flatMap((other) => other.publishedBy);
          const says =
            publishedBy.includes(programme) ||
            (programme === 'intake' && publishedBy.some((name) => outside.includes(name)));
          return [type, says ? 'journalled' : 'not-permitted'];
        }),
      );
      expect(found).toEqual(expected);
    },
  );

  test('what models and geography say comes from them alone, not even through the door', async () => {
    const own = {
      'risk-scored': 'ml',
      'forecast-issued': 'ml',
      'cluster-detected': 'ml',
      'model-activated': 'ml',
      'scenario-requested': 'ml',
      'scenario-completed': 'ml',
      'scenario-cancelled': 'ml',
      'scenario-failed': 'ml',
      'district-registered': 'geography',
    };
    for (const [type, speaker] of Object.entries(own)) {
      const { service, noun } = definitionOf(type)!;
      for (const programme of atTheBroker) {
        const refused = await refusalsOf(await as(programme), ({ connection }) =>
          connection.publish(`vx.nowhere.${service}.${noun}.x`),
        );
        expect([type, programme, refused.length]).toEqual([type, programme, programme === speaker ? 0 : 1]);
      }
    }
  });

  test.each(atTheBroker)('%s reads what it hears and its own, and nothing else', async (programme) => {
    const broker = await as(programme);
    const reads = async (filter: string | undefined) => {
      const options = { deliver_policy: 'all', ...(filter ? { filter_subjects: filter } : {}) };
      try {
        const consumer = await broker.jetStream.consumers.get('VX_q7', options as never);
        (await consumer.consume({ max_messages: 1 })).stop();
        return true;
      } catch (error) {
        if (!/Permissions Violation/.test((error as Error).message)) throw error;
        return false;
      }
    };
    for (const { service, noun } of definitions) {
      const heard = definitions.some(
        (other) =>
          other.service === service &&
          other.noun === noun &&
          (other.consumedBy.includes(programme) || (programme === 'geography' && other.point)),
      );
      const filter = `vx.q7.${service}.${noun}.>`;
      // live and chain take everything in one.
      const may = !readsWhole.includes(programme) && (heard || service === programme);
      expect([filter, await reads(filter)]).toEqual([filter, may]);
    }
    expect(await reads(undefined)).toBe(readsWhole.includes(programme));
  });

  test.each(atTheBroker)('%s takes its consumer away when it has read', async (programme) => {
    const broker = await as(programme);
    const { allow } = permissionsOf(programme)!.publish;
    const mine = allow.find((subject) => subject.startsWith('$JS.API.CONSUMER.CREATE.'))!;
    const filter = mine.split('.').slice(6).join('.').replace('vx.*', 'vx.q7');
    const consumers = async () => (await operator.manager.streams.info('VX_q7')).state.consumer_count;
    const before = await consumers();
    const reading = await readStream(broker, { stream: 'VX_q7', after: 0, ahead: 1, ...(filter ? { filter } : {}) });
    expect(await consumers()).toBe(before + 1);
    reading.stop();
    await expect.poll(consumers, { timeout: 90_000 }).toBe(before);
  });

  test.each(atTheBroker)('%s hears nobody else’s replies, nor the journal outside JetStream', async (programme) => {
    const broker = await as(programme);
    const subjects = ['_INBOX.>', '_INBOX.operator.>', 'vx.>', '$JS.API.>', `_INBOX.${programme}.>`];
    const refused = await refusalsOf(broker, ({ connection }) => {
      for (const subject of subjects) connection.subscribe(subject, { callback: () => {} });
    });
    expect(refused.map(({ operation, subject }) => [operation, subject])).toEqual(
      subjects.slice(0, -1).map((subject) => ['subscription', subject]),
    );
  });

  test.each(atTheBroker)('%s announces its own commits only', async (programme) => {
    const services = definitions.map(({ service }) => service);
    const subjects = [...new Set(services)].map((service) => `vxa.committed.q7.${service}`);
    const refused = await refusalsOf(await as(programme), ({ connection }) => {
      for (const subject of subjects) connection.publish(subject);
    });
    expect(refused.map(({ subject }) => subject)).toEqual(
      subjects.filter((subject) => subject !== `vxa.committed.q7.${programme}`),
    );
  });

  test.each(atTheBroker)('%s changes no stream and takes no message away', async (programme) => {
    const { streams } = (await as(programme)).manager;
    const refused = /Permissions Violation/;
    await expect(streams.purge('VX_q7')).rejects.toThrow(refused);
    await expect(streams.deleteMessage('VX_q7', 1)).rejects.toThrow(refused);
    await expect(streams.update('VX_q7', { description: '{}' })).rejects.toThrow(refused);
    await expect(streams.delete('VXDEAD')).rejects.toThrow(refused);
    const making = streams.add({ name: `VX_of-${programme}`, subjects: [`vx.of-${programme}.>`] });
    if (programme === 'geography') {
      await making;
      await streams.delete('VX_of-geography');
    } else {
      await expect(making).rejects.toThrow(refused);
      await expect(streams.delete('VX_q7')).rejects.toThrow(refused);
    }
  });

  test('what is refused is in the log by name, once for each kind of subject', async () => {
    const lines: { programme: string; operation: string; subject: string }[] = [];
    const log = pino({ level: 'error' }, { write: (line: string) => lines.push(JSON.parse(line)) });
    const broker = await openBroker(servers.addressesOf('economy').NATS_URL!, 'economy', log);
    opened.push(broker);
    await refusalsOf(broker, ({ connection }) => {
      for (const key of ['a', 'b', 'c']) connection.publish(`vx.q7.ml.risk.${key}`);
    });
    expect(lines.map(({ programme, operation, subject }) => [programme, operation, subject])).toEqual([
      ['economy', 'publish', 'vx.q7.ml.risk.a'],
      ['economy', 'publish', 'the.last'],
    ]);
    expect(JSON.stringify(lines)).not.toContain(secretOf(folder, 'economy'));
  });

  test('a service with another’s secret is not let in', async () => {
    const address = new URL(servers.addressesOf('economy').NATS_URL!);
    address.password = secretOf(folder, 'epidemic');
    await expect(openBroker(address.href, 'economy')).rejects.toThrow(/Authorization Violation/);
  });
});

describe('the database', () => {
  let operator: pg.Client;
  const clients = new Map<string, pg.Client>();
  const connect = async (url: string) => {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    return client;
  };
  /** SQLSTATE of a statement that has no effect; undefined when it went through. */
  const codeOf = async (service: string, sql: string): Promise<string | undefined> => {
    const client = clients.get(service)!;
    await client.query('BEGIN');
    try {
      await client.query(sql);
      return undefined;
    } catch (error) {
      return (error as { code?: string }).code;
    } finally {
      await client.query('ROLLBACK');
    }
  };
  const services = schemas.map(({ service }) => service);
  const tablesOf = async (schema: string) =>
    (
      await operator.query<{ name: string; column: string }>(
        `SELECT relname AS name, (SELECT attname FROM pg_attribute WHERE attrelid = pg_class.oid AND attnum = 1) AS column
         FROM pg_class WHERE relnamespace = $1::regnamespace AND relkind = 'r' ORDER BY 1`,
        [schema],
      )
    ).rows;
  const viewsOf = async (schema: string) =>
    (
      await operator.query<{ name: string }>(
        `SELECT relname AS name FROM pg_class WHERE relnamespace = $1::regnamespace AND relkind = 'v' ORDER BY 1`,
        [schema],
      )
    ).rows.map(({ name }) => name);

  beforeAll(async () => {
    operator = await connect(servers.databaseUrl);
    for (const service of services) clients.set(service, await connect(servers.addressesOf(service).DATABASE_URL!));
  });
  afterAll(async () => {
    for (const client of [operator, ...clients.values()]) await client.end();
  });

  test('programmes without a schema have no way in', () => {
    for (const programme of programmes)
      expect([programme, 'DATABASE_URL' in servers.addressesOf(programme)]).toEqual([
        programme,
        services.includes(programme as never),
      ]);
  });

  const pairs = services.flatMap((service) =>
    schemas.map(({ schema, service: owner }) => ({ service, schema, owner })),
  );
  test('what only adds rows can change and remove none, in no way', async () => {
    const adding = schemas.filter(({ addsRowsOnly }) => addsRowsOnly);
    expect(adding.map(({ schema }) => schema)).toEqual(['chain']);
    for (const { schema, service } of adding)
      for (const { name, column } of await tablesOf(schema)) {
        const may = async (sql: string) => (await codeOf(service, sql)) !== '42501';
        const table = `"${schema}"."${name}"`;
        // Fails for a row that holds nothing, and not for a right.
        const own = !['migrations', 'positions'].includes(name);
        expect([name, await may(`INSERT INTO ${table} DEFAULT VALUES`)]).toEqual([name, own]);
        // A grant that he may not give is a warning that nothing was granted.
        for (const sql of [
          `UPDATE ${table} SET "${column}" = "${column}" WHERE false`,
          `DELETE FROM ${table} WHERE false`,
          `TRUNCATE ${table}`,
          `ALTER TABLE ${table} ADD COLUMN more text`,
          `ALTER TABLE ${table} OWNER TO "${service}"`,
          `GRANT ALL ON ${table} TO "${service}"`,
          `DROP TABLE ${table} CASCADE`,
          `DROP SCHEMA "${schema}" CASCADE`,
          `CREATE TABLE "${schema}".more ()`,
        ])
          expect([sql, (await may(sql)) && !sql.startsWith('GRANT')]).toEqual([sql, false]);
        expect(await may(`DELETE FROM ${table} WHERE false`)).toBe(false);
      }
  });

  const owning = pairs.filter(
    ({ service, schema }) =>
      !schemas.some((one) => one.addsRowsOnly && one.service === service && one.schema === schema),
  );
  test.each(owning)('$service writes schema $schema only when it is its own', async ({ service, schema, owner }) => {
    const denied = service === owner ? false : '42501';
    const tables = await tablesOf(schema);
    expect(tables.map(({ name }) => name)).toEqual(expect.arrayContaining(['migrations', 'positions']));
    const statements = [
      `CREATE TABLE "${schema}".made_by_another ()`,
      `CREATE VIEW "${schema}".published_by_another AS SELECT 1 AS one`,
      ...tables.flatMap(({ name, column }) => [
        `INSERT INTO "${schema}"."${name}" DEFAULT VALUES`,
        `UPDATE "${schema}"."${name}" SET "${column}" = "${column}" WHERE false`,
        `DELETE FROM "${schema}"."${name}" WHERE false`,
        `TRUNCATE "${schema}"."${name}"`,
        `ALTER TABLE "${schema}"."${name}" ADD COLUMN of_another text`,
        `DROP TABLE "${schema}"."${name}" CASCADE`,
      ]),
    ];
    for (const sql of statements) {
      const code = await codeOf(service, sql);
      // The owner's statement may fail for what is in it, never for a right.
      expect([sql, code === '42501' ? code : false]).toEqual([sql, denied]);
    }
  });

  test.each(pairs)('$service reads of schema $schema what it may', async ({ service, schema, owner }) => {
    const { reads } = schemas.find((one) => one.service === service)!;
    const views = await viewsOf(schema);
    expect(views.filter((view) => !view.startsWith('published_'))).toEqual([]);
    for (const view of views) {
      const code = await codeOf(service, `SELECT * FROM "${schema}"."${view}" LIMIT 1`);
      expect([view, code]).toEqual([view, service === owner || reads.includes(owner) ? undefined : '42501']);
    }
    for (const { name } of await tablesOf(schema)) {
      const code = await codeOf(service, `SELECT * FROM "${schema}"."${name}" LIMIT 1`);
      expect([name, code]).toEqual([name, service === owner ? undefined : '42501']);
    }
  });

  test('the ledger is added to by identity alone, and changed by nobody', async () => {
    const add = `SELECT audit.append('[{"at": "2026-11-30T00:00:00Z"}]'::jsonb)`;
    const changes = [
      `INSERT INTO audit.entries VALUES (1, '{}', '')`,
      `UPDATE audit.entries SET content = '{}'`,
      'DELETE FROM audit.entries',
      'TRUNCATE audit.entries',
      'UPDATE audit.head SET sequence = 0',
      'DROP TABLE audit.entries',
      'ALTER TABLE audit.entries DISABLE TRIGGER only_added',
      'CREATE OR REPLACE FUNCTION audit.append(lines jsonb) RETURNS bigint LANGUAGE sql AS $$ SELECT 1::bigint $$',
    ];
    for (const service of services) {
      const own = service === 'identity' ? undefined : '42501';
      expect([service, await codeOf(service, add)]).toEqual([service, own]);
      expect([service, await codeOf(service, 'SELECT * FROM audit.entries LIMIT 1')]).toEqual([service, own]);
      for (const sql of changes) expect([service, sql, await codeOf(service, sql)]).toEqual([service, sql, '42501']);
    }
    const { rows } = await operator.query(`SELECT rolcanlogin, rolsuper FROM pg_roles WHERE rolname = 'ledger'`);
    expect(rows).toEqual([{ rolcanlogin: false, rolsuper: false }]);
  });

  test('functions for others ask for no right on a table', async () => {
    const calls: Record<string, string[]> = {
      geography: [
        `geography.areas_at('q7', now(), current_date)`,
        `geography.ancestors_at('q7', now(), current_date)`,
        `geography.population_at('q7', 'all', now(), current_date)`,
        `geography.area_at_point('q7', ST_SetSRID(ST_MakePoint(106.7, 10.7), 4326), current_date)`,
        `geography.area_of_point('q7', ST_SetSRID(ST_MakePoint(106.7, 10.7), 4326), current_date)`,
      ],
      economy: [`economy.active_daily('q7', now(), current_date, current_date)`],
    };
    for (const [schema, functions] of Object.entries(calls)) {
      const { rows } = await operator.query<{ name: string }>(
        'SELECT DISTINCT proname AS name FROM pg_proc WHERE pronamespace = $1::regnamespace ORDER BY 1',
        [schema],
      );
      expect(functions.map((call) => call.split(/[.(]/)[1]!).sort()).toEqual(rows.map(({ name }) => name));
      for (const { service, reads } of schemas.filter((one) => one.reads.includes(schema)))
        for (const call of functions)
          expect([service, reads, call, await codeOf(service, `SELECT * FROM ${call}`)]).toEqual([
            service,
            reads,
            call,
            undefined,
          ]);
    }
  });

  test.each(services)('%s has no right beside its schema', async (service) => {
    for (const sql of [
      'CREATE SCHEMA another',
      'CREATE TABLE public.another ()',
      // An import of areas works in one.
      ...(service === 'geography' ? [] : ['CREATE TEMPORARY TABLE another ()']),
      'CREATE ROLE another',
      'CREATE EXTENSION dblink',
      `COPY (SELECT 1) TO PROGRAM 'true'`,
      `SET ROLE ${servers.databaseUrl.split('/')[2]!.split(':')[0]}`,
      ...services.filter((other) => other !== service).map((other) => `SET ROLE "${other}"`),
      ...services.filter((other) => other !== service).map((other) => `ALTER ROLE "${other}" PASSWORD 'x'`),
    ])
      expect([sql, await codeOf(service, sql)]).toEqual([sql, '42501']);
    const elsewhere = new URL(servers.addressesOf(service).DATABASE_URL!);
    elsewhere.pathname = '/postgres';
    await expect(connect(elsewhere.href)).rejects.toMatchObject({ code: '42501' });
  });

  test('nobody comes in without his own secret', async () => {
    const address = new URL(servers.addressesOf('economy').DATABASE_URL!);
    for (const password of ['', randomBytes(32).toString('base64url'), secretOf(folder, 'epidemic')]) {
      address.password = password;
      await expect(connect(address.href)).rejects.toThrow();
    }
  });

  test('a service migrates its own schema at its start, and readers read a view that comes with it', async () => {
    const files = join(folder, 'later');
    cpSync(fileURLToPath(schemas.find(({ schema }) => schema === 'economy')!.folder), files, { recursive: true });
    writeFileSync(
      join(files, '9000_later.sql'),
      'CREATE TABLE economy.later (district text); CREATE VIEW economy.published_later AS SELECT district FROM economy.later;',
    );
    await migrate(servers.addressesOf('economy').DATABASE_URL!, 'economy', pathToFileURL(`${files}/`));
    expect(await codeOf('ml', 'SELECT * FROM economy.published_later')).toBeUndefined();
    expect(await codeOf('ml', 'SELECT * FROM economy.later')).toBe('42501');
    expect(await codeOf('epidemic', 'SELECT * FROM economy.published_later')).toBe('42501');
  });
});

test('secrets that are lost are made anew, and everybody comes in with the new ones', async () => {
  const before = secretOf(folder, 'operator');
  await servers.stop();
  rmSync(join(folder, 'secrets'), { recursive: true });
  servers = await openServers(folder, {}, () => {});
  await makeSchemas(servers.databaseUrl, (service) => secretOf(folder, service));
  expect(secretOf(folder, 'operator')).not.toBe(before);
  for (const { service } of schemas) {
    const client = new pg.Client({ connectionString: servers.addressesOf(service).DATABASE_URL! });
    await client.connect();
    await client.end();
    if (!atTheBroker.includes(service)) continue;
    const broker = await openBroker(servers.addressesOf(service).NATS_URL!, service);
    await broker.close();
  }
}, 120_000);
