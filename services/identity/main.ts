import { randomUUID } from 'node:crypto';
import { z } from '@hono/zod-openapi';
import { productPermit } from '#contracts/access/product-permit.ts';
import { keepBooks } from '#platform/audit.ts';
import { doorNames, gateSecret, readConfig, serviceEnvironment, servicesOfEnvironment } from '#platform/config.ts';
import { migrate, openDatabase } from '#platform/database.ts';
import { insideEdge } from '#platform/edge.ts';
import { createLog } from '#platform/log.ts';
import { createMetrics } from '#platform/metrics.ts';
import { listenForMetrics } from '#platform/metrics-listener.ts';
import { runUntilStopped } from '#platform/run.ts';
import { vouchedFor } from '#platform/sealed-caller.ts';
import { sendersOfEnvironment } from '#platform/senders.ts';
import { listen } from '#platform/serve.ts';
import { createIdentity } from './app.ts';
import { hasAdministrator } from './grants.ts';
import { keepInvitation } from './invitations.ts';
import { ledgerIn } from './ledger.ts';
import { openProvider } from './provider.ts';
import { readProvider } from './provider-settings.ts';
import { hashOf } from './secret-text.ts';
import { createSignIn } from './sign-in.ts';

const { DATABASE_URL, PORT, HOST, LOG_LEVEL, VX_METRICS_PORT } = serviceEnvironment;
const config = readConfig(
  {
    DATABASE_URL,
    PORT,
    HOST,
    LOG_LEVEL,
    VX_METRICS_PORT,
    VX_GATE_SECRET: gateSecret,
    VX_HOSTS: doorNames,
    VX_SERVICES: servicesOfEnvironment,
    /** Secrets of the product's programmes, JSON. */
    VX_SENDERS: sendersOfEnvironment,
    /** Token of who owns the data folder. */
    VX_OPERATOR_SECRET: z.string().min(32),
    /** Signs the cookies. */
    VX_SESSION_SECRET: z.string().min(32),
    /** One-time code of the first administrator; left out: there is no way to become one. */
    VX_FIRST_ADMINISTRATOR_SECRET: z.string().min(32).optional(),
    /** File that names an identity provider; left out: accounts are here alone. */
    VX_PROVIDER: z.string().min(1).optional(),
    /** Where browsers reach the product. */
    VX_PUBLIC_URL: z.url().default('http://localhost:8080'),
  },
  process.env,
);
const log = createLog('identity', config.LOG_LEVEL);
await migrate(config.DATABASE_URL, 'identity', new URL('./migrations/', import.meta.url));
const database = openDatabase(config.DATABASE_URL, { schema: 'identity', statementTimeoutMs: 10_000 });
const signIn = createSignIn(database, { secret: config.VX_SESSION_SECRET, publicUrl: config.VX_PUBLIC_URL });
// A code of this start replaces that of an earlier one, and is worth nothing once somebody looks after the accounts.
const code = config.VX_FIRST_ADMINISTRATOR_SECRET;
if (code && !(await hasAdministrator(database)))
  await keepInvitation(database, { hash: hashOf(code), userId: null, now: new Date() });

const books = keepBooks(ledgerIn(database), { log });
const metrics = createMetrics('identity');
const app = createIdentity({
  edge: insideEdge(config.VX_SERVICES.identity, config.VX_HOSTS),
  books,
  database,
  signIn,
  now: () => new Date(),
  newId: randomUUID,
  operatorHash: hashOf(config.VX_OPERATOR_SECRET),
  programmeHashes: Object.fromEntries(
    Object.entries(config.VX_SENDERS).map(([name, secret]) => [name, hashOf(secret)]),
  ),
  provider:
    config.VX_PROVIDER === undefined ? undefined : openProvider(readProvider(config.VX_PROVIDER), () => Date.now()),
  noteProvider: (reason) => log.warn({ reason }, 'a sign-in by the identity provider was not taken'),
  log,
  metrics,
  permit: productPermit(vouchedFor(config.VX_GATE_SECRET)),
});
const http = await listen(app, config.PORT, config.HOST);
const gathered =
  config.VX_METRICS_PORT === undefined ? [] : [await listenForMetrics(metrics, config.VX_METRICS_PORT, config.HOST)];
runUntilStopped(
  [{ name: 'database', stop: () => database.end() }, { name: 'ledger', stop: books.stop }, http, ...gathered],
  log,
);
