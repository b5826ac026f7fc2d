import type { HttpBindings } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import { createRoute, z } from '@hono/zod-openapi';
import type { Context, ContextVariableMap } from 'hono';
import type { DataClass } from '#contracts/define-event.ts';
import { allFeeds } from '#contracts/feeds.ts';
import { districtQuery, problemResponses } from '#contracts/http.ts';
import type { App } from '#platform/app.ts';
import type { Caller, Permit } from '#platform/permission.ts';
import { Problem, unknownDistrict } from '#platform/problem.ts';
import { exactAreasOf, type SmallCells } from '#platform/small-cells.ts';
import { dataClassOf, parseFilter, permittedFilter, type StreamFilter } from './filter.ts';
import type { Hubs } from './hubs.ts';

/** How long a stream goes on after its listener's right to it has ended, at most. */
const permittedForMs = 15_000;

const streamRoute = createRoute({
  method: 'get',
  path: '/api/stream',
  summary: 'What changes, as server-sent events',
  description: `Events \`hello\`, \`batch\`, \`snapshot\` and \`journal\` (contracts/live.ts), a batch at once when nothing waits, and at most every 100 ms when much does. The id is the journal sequence up to which
everything was told; a browser sends it back by itself (Last-Event-ID) and goes on from there. Who is too far behind gets \`snapshot\`: load again by REST.
Who reads too slowly gets events folded by entity, each saying how many it stands for. While the journal does not answer, \`journal\` says since when.`,
  request: {
    query: districtQuery.extend({
      layers: z.string().optional().openapi({ description: 'cases,violations,…; left out: all' }),
      areaIds: z
        .string()
        .max(20_000)
        .optional()
        .openapi({ description: 'areas wanted, children included by naming them; left out: all' }),
      lastEventId: z.coerce
        .number()
        .int()
        .min(0)
        .optional()
        .openapi({ description: 'the same as the header, for clients that cannot set it' }),
    }),
  },
  responses: {
    200: { description: 'the stream', content: { 'text/event-stream': { schema: z.string() } } },
    ...problemResponses,
  },
});

/** What a stream asks of the districts on the air. */
export type StreamHubs = Pick<Hubs, 'clientCount' | 'left'> & {
  hub: (district: string) => Pick<ReturnType<Hubs['hub']>, 'join'>;
};

/** GET /api/stream. The raw response is written to: its buffer is what back-pressure is measured by. */
export function addStreamRoute(
  app: App,
  hubs: StreamHubs,
  exists: (district: string) => boolean,
  { maxClients = 5000, permit, smallCells }: { maxClients?: number; permit?: Permit; smallCells?: SmallCells } = {},
): void {
  app.openapi(streamRoute, async (context) => {
    const { req, var: variables } = context;
    const query = req.valid('query');
    const reachOf = (caller: Caller) => (dataClass: DataClass) =>
      caller.reach(variables.access[0]!.action, dataClass, query.district);
    const filterFor = async (caller: Caller) =>
      permittedFilter(parseFilter(query), reachOf(caller), await exactAreasOf(caller, smallCells, query.district));
    const filter = await filterFor(variables.caller);
    if (!exists(query.district)) throw unknownDistrict(query.district);
    if (hubs.clientCount >= maxClients)
      throw new Problem(503, 'Too many listeners', {
        detail: `at most ${maxClients}`,
        headers: { 'retry-after': '5' },
      });
    const header = Number(req.header('last-event-id') ?? Number.NaN);
    const lastEventId = Number.isSafeInteger(header) && header >= 0 ? header : query.lastEventId;

    await noteListener(context, variables, query.district, filter);
    // Served by Node: its response is written to.
    const { outgoing } = context.env as HttpBindings;
    outgoing.writeHead(200, {
      ...variables.securityHeaders,
      ...(variables.requestId ? { 'x-request-id': variables.requestId } : {}),
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
      connection: 'keep-alive',
    });
    outgoing.flushHeaders();
    outgoing.socket?.setNoDelay(true);
    let leave: (() => void) | undefined;
    let closed = false;
    outgoing.on('close', () => {
      closed = true;
      leave?.();
      hubs.left(query.district);
    });
    // Being brought up to date may take longer than a request may: the answer is out, and nobody waits for the rest of it.
    void hubs
      .hub(query.district)
      .join(
        filter,
        {
          write: (text) => void outgoing.write(text),
          writeBytes: (bytes) => void outgoing.write(bytes),
          isOpen: () => !closed,
          bufferedBytes: () => outgoing.writableLength,
          close: () => void outgoing.end(),
        },
        lastEventId,
      )
      .then((left) => {
        leave = left;
        if (!closed) return;
        leave();
        hubs.left(query.district);
      })
      // The journal does not answer: who listens comes back by itself.
      .catch(() => outgoing.destroy());
    // A stream outlives a request: who may no longer hear it is asked anew now and then.
    const watch = setInterval(() => {
      void stillPermitted().then((permitted) => permitted || outgoing.end());
    }, permittedForMs);
    watch.unref();
    outgoing.on('close', () => clearInterval(watch));
    async function stillPermitted(): Promise<boolean> {
      try {
        const caller = await permit?.(context, undefined);
        return !caller || (await filterFor(caller)).key === filter.key;
      } catch (error) {
        // Nobody can tell now: as it was.
        return !(error instanceof Problem) || error.status >= 500;
      }
    }
    // A copy: the one that all share may be taken for an answer that is still to be written, and the line be cut.
    return RESPONSE_ALREADY_SENT.clone();
  });
}

/** Whoever hears of persons looks at them as long as he listens: it is noted before he hears the first. */
async function noteListener(
  context: Context,
  { caller, access, audit }: Pick<ContextVariableMap, 'caller' | 'access' | 'audit'>,
  district: string,
  { layers, areaIds }: StreamFilter,
): Promise<void> {
  const heard = layers ?? allFeeds().map(({ name }) => name);
  if (![...heard].some((layer) => dataClassOf(layer) === 'person')) return;
  const areas = areaIds === undefined ? [] : [...areaIds];
  const route = { action: access[0]!.action, dataClass: 'person' as const };
  await audit?.look(context, { caller, route, pattern: '/api/stream', districts: [district], areas, persons: [] });
}
