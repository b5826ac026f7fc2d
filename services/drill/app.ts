import { createRoute } from '@hono/zod-openapi';
import { drillAccess } from '#contracts/access/drill.ts';
import { personParameter, personsIn } from '#contracts/access/persons.ts';
import { drillCommand, drillState } from '#contracts/http/drill.ts';
import { conflictResponses, problemResponses } from '#contracts/http.ts';
import { type App, createApp } from '#platform/app.ts';
import type { Books } from '#platform/audit.ts';
import type { EdgeOptions } from '#platform/edge.ts';
import type { Log } from '#platform/log.ts';
import type { Metrics } from '#platform/metrics.ts';
import type { Permit } from '#platform/permission.ts';
import { Problem } from '#platform/problem.ts';
import type { Player } from './player.ts';

const answer = { description: 'where the exercise is', content: { 'application/json': { schema: drillState } } };

const read = createRoute({ method: 'get', path: '/api/drill', responses: { 200: answer, ...problemResponses } });
const control = createRoute({
  method: 'post',
  path: '/api/drill',
  request: { body: { required: true, content: { 'application/json': { schema: drillCommand } } } },
  responses: { 200: answer, ...problemResponses, 409: conflictResponses[409] },
});

/** The exercise's controls. */
export function createDrill(options: {
  player: Pick<Player, 'state' | 'start' | 'pause' | 'resume' | 'setSpeed' | 'stop'>;
  log: Log;
  metrics: Metrics;
  permit?: Permit;
  books?: Books;
  edge?: EdgeOptions;
}): App {
  const { player, log, metrics, permit, books, edge } = options;
  const app = createApp({
    name: 'drill',
    edge,
    log,
    metrics,
    access: drillAccess,
    permit,
    audit: books && { books, now: () => new Date(), personsIn, personParameter },
  });
  app.openapi(read, (context) => context.json(player.state(), 200));
  app.openapi(control, async (context) => {
    const wanted = context.req.valid('json');
    const { running, paused, finished } = player.state();
    const lawful = running ? ['speed', 'stop', paused ? 'resume' : 'pause'] : finished ? ['stop'] : ['start', 'stop'];
    if (!lawful.includes(wanted.action))
      throw new Problem(409, `The exercise cannot ${wanted.action} now`, {
        vietnamese: { title: 'Lúc này diễn tập không làm được bước đó' },
        extensions: { next: lawful },
      });
    if (wanted.action === 'start') player.start(wanted.speed);
    if (wanted.action === 'pause') player.pause();
    if (wanted.action === 'resume') player.resume();
    if (wanted.action === 'speed') player.setSpeed(wanted.speed);
    if (wanted.action === 'stop') await player.stop().catch(unavailable);
    return context.json(player.state(), 200);
  });
  return app;
}

function unavailable(error: Error): never {
  throw new Problem(503, 'The district could not be thrown away now', { detail: error.message, cause: error });
}
