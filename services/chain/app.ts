import { createRoute } from '@hono/zod-openapi';
import { chainAccess } from '#contracts/access/chain.ts';
import { personParameter, personsIn } from '#contracts/access/persons.ts';
import { chainState } from '#contracts/http/chain.ts';
import { problemResponses } from '#contracts/http.ts';
import { type App, createApp } from '#platform/app.ts';
import type { Books } from '#platform/audit.ts';
import type { Broker } from '#platform/broker.ts';
import type { EdgeOptions } from '#platform/edge.ts';
import type { Log } from '#platform/log.ts';
import type { Metrics } from '#platform/metrics.ts';
import type { Permit } from '#platform/permission.ts';
import type { Sealers } from './sealers.ts';

const read = createRoute({
  method: 'get',
  path: '/api/chain',
  responses: {
    200: {
      description: 'how far each journal is sealed, and what is wrong',
      content: { 'application/json': { schema: chainState } },
    },
    ...problemResponses,
  },
});

/** The state of the chains as an app. */
export function createChain(options: {
  sealers: Sealers;
  broker: Broker;
  log: Log;
  metrics: Metrics;
  permit?: Permit;
  books?: Books;
  edge?: EdgeOptions;
  /** When the last backup was finished; left out: nobody is told. */
  backupAt?: () => Date | undefined;
}): App {
  const { sealers, broker, log, metrics, permit, books, edge, backupAt } = options;
  const app = createApp({
    name: 'chain',
    edge,
    log,
    metrics,
    access: chainAccess,
    permit,
    audit: books && { books, now: () => new Date(), personsIn, personParameter },
    damage: sealers.damage,
    backupAt,
    ready: () => broker.connection.flush(),
  });
  app.openapi(read, async (context) => {
    const journals = await Promise.all(
      sealers.states().map(async ({ damage: _damage, ...state }) => {
        const info = await broker.manager.streams.info(state.stream).catch(() => undefined);
        return { ...state, journalEnds: info?.state.last_seq ?? null };
      }),
    );
    return context.json({ journals, damage: sealers.damage().map(({ en }) => en) }, 200);
  });
  return app;
}
