import { z } from '@hono/zod-openapi';
import { loopbackNames } from './edge.ts';

/** Keys whose values are never told, in a log or anywhere else. */
const holdsSecrets = /SECRET|SENDERS|MASTER_KEY/;

/** Reads the environment once. Every wrong key is named in one message. */
export function readConfig<Shape extends z.ZodRawShape>(
  shape: Shape,
  env: NodeJS.ProcessEnv,
): z.infer<z.ZodObject<Shape>> {
  const result = z.object(shape).safeParse(env);
  if (result.success) return result.data;
  const lines = result.error.issues.map((issue) => {
    const key = issue.path.join('.');
    const value = env[String(issue.path[0])];
    const told = value === undefined ? '(not set)' : holdsSecrets.test(key) ? '(not shown)' : value;
    return `  ${key}=${told}: ${issue.message}`;
  });
  throw new Error(`The environment does not fit:\n${lines.join('\n')}`);
}

/** Keys that every service has. */
export const serviceEnvironment = {
  DATABASE_URL: z.string().min(1, 'a PostgreSQL connection URL'),
  /** One broker, or the nodes of a cluster with commas between them (broker-address.ts). */
  NATS_URL: z.string().min(1, 'a NATS URL'),
  /** Copies of each journal: 3 on a cluster of three nodes. */
  NATS_REPLICAS: z.coerce.number().int().min(1).max(5).default(1),
  PORT: z.coerce.number().int().min(0).max(65535).default(0),
  HOST: z.string().default('127.0.0.1'),
  /** Folder on the journal's disk, for how much room there is; left out: that disk is looked after by somebody else. */
  VX_DISK: z.string().min(1).optional(),
  /** Port that answers /metrics and nothing else; left out: the service's own answers it. */
  VX_METRICS_PORT: z.coerce.number().int().min(0).max(65535).optional(),
  /** Where traces are gathered by OTLP over HTTP, without `/v1/traces`; left out: nowhere, and nothing is traced. The names are OpenTelemetry's own. */
  OTEL_EXPORTER_OTLP_ENDPOINT: z.url().optional(),
  /** Share of the traces that begin here. */
  OTEL_TRACES_SAMPLER_ARG: z.coerce.number().min(0).max(1).default(1),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
};

/**
 * Secret of this start, with which the front door tells the services who asks (sealed-caller.ts). A service without it does not start: it could tell nobody from
 * anybody.
 */
export const gateSecret = z.string({ error: 'not set: nothing could be permitted to anybody' }).min(32);

/** JSON object: service name → base URL on the inside. */
export const servicesOfEnvironment = z
  .string()
  .default('{}')
  .transform((text) => z.record(z.string(), z.url()).parse(JSON.parse(text)));

/** JSON: by what browsers may reach the front door: names, or origins such as https://NAME of a proxy (edge.ts). */
export const doorNames = z
  .string()
  .default(JSON.stringify(loopbackNames))
  .transform((text) => z.array(z.string().min(1)).parse(JSON.parse(text)));
