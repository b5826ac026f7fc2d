import { OpenAPIHono } from '@hono/zod-openapi';
import type { Context, MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { HTTPException } from 'hono/http-exception';
import { requestId } from 'hono/request-id';
import { matchedRoutes } from 'hono/route';
import { timeout } from 'hono/timeout';
import { assertReadable } from './address-text.ts';
import { type AuditOptions, type AuditRequests, auditRequests } from './audit-requests.ts';
import { databaseProblem } from './database-problem.ts';
import { type EdgeOptions, edgeFirst } from './edge.ts';
import type { Log } from './log.ts';
import type { Metrics } from './metrics.ts';
import type { StandsBack } from './newer-event.ts';
import {
  type AreaOf,
  assertRequestMay,
  type Caller,
  nobodyMay,
  type Permit,
  type PermittedRoute,
  placesOf,
  valuesAt,
} from './permission.ts';
import type { KeysState } from './person-keys.ts';
import { Problem, type WordedError, wordedErrors } from './problem.ts';
import type { Late } from './projection-lag.ts';
import type { MendedRows } from './projection-mend.ts';
import { type Language, readerLanguage } from './reader-language.ts';
import { inRequest } from './request-scope.ts';
import type { RecogniseSender } from './senders.ts';
import { assertExactWhereNeeded, type SmallCells } from './small-cells.ts';
import { isTraceparent, type Tracer } from './tracing.ts';

declare module 'hono' {
  interface ContextVariableMap {
    /** Programme that proved itself by its secret; undefined: nobody did. */
    sender: string | undefined;
    /** W3C trace context of the request; undefined: it is not traced. */
    traceparent: string | undefined;
    /** Who asks, and what he may. */
    caller: Caller;
    /** The rows of the access table that the request fits. */
    access: readonly PermittedRoute[];
    /** Notes who looks; undefined: nothing is noted. */
    audit: AuditRequests | undefined;
    /** To whom counts of persons are told exactly; undefined: to everybody who may be told them at all. */
    smallCells: SmallCells | undefined;
  }
}

/** What a route does and how closely it speaks of people: asked of every route before the app starts, and of every request before its handler. */
export type RouteAccess = PermittedRoute;

export interface AppOptions {
  name: string;
  log: Log;
  metrics: Metrics;
  /** Each route as "METHOD /path", with its action and data class. */
  access: Record<string, RouteAccess>;
  /** Throws when the service cannot do its work now. */
  /** By district, how many entities wait for the event that makes them known; shown with the state of the service. */
  waiting?: (() => Promise<Record<string, number>>) | undefined;
  ready?: () => Promise<void>;
  /** How many events its projections could not write; shown with the state of the service. */
  parked?: (() => Promise<number>) | undefined;
  /** Ids of the events of a source that the rows have, once they hold what the journal has through the sequence; for other services, not for people. */
  heard?: ((district: string, source: string, through: number) => Promise<string[]>) | undefined;
  /** Rows that were ahead of their journal and are written again; shown with the state of the service. */
  mended?: (() => MendedRows[]) | undefined;
  /** Rows that are behind their journal; shown with the state of the service. */
  late?: (() => Late[]) | undefined;
  /** When the last backup was finished, undefined: never; shown with the state of the service. Left out: it looks after none. */
  backupAt?: (() => Date | undefined) | undefined;
  /** Projections that wait before an event of a newer version; shown with the state of the service. */
  standsBack?: (() => StandsBack[]) | undefined;
  /** What is wrong with the keys of persons, and how many texts could not be opened since the start; undefined: all is well. Left out: it needs none. */
  sealed?: (() => KeysState | undefined) | undefined;
  /** What is damaged, in sentences; shown with the state of the service. */
  damage?: (() => Readonly<Record<Language, string>>[]) | undefined;
  /** Says what is done by requests; left out: nothing is traced. */
  tracer?: Tracer | undefined;
  /** What stands before every route; left out (in tests alone): nothing. */
  edge?: EdgeOptions | undefined;
  bodyLimitBytes?: number;
  timeoutMs?: number;
  /** Who a request's token is; left out: this programme does not judge tokens. */
  senders?: RecogniseSender;
  /** Who asks and what he may; left out: nobody may do anything (of a test: what `permitOfTests` says). */
  permit?: Permit | undefined;
  /** The area in which the entity of a path lies; left out: whoever is limited to areas has no part in routes that are of an entity's. */
  areaOf?: AreaOf | undefined;
  /** Where it is noted who saw whom; left out (in tests alone): nowhere. */
  audit?: AuditOptions | undefined;
  /** To whom counts of persons are told exactly; left out: the service counts none. */
  smallCells?: SmallCells | undefined;
}

export type App = OpenAPIHono;

let whenLeftOut: Permit = nobodyMay;
/** For the kit of the tests alone: the permission of apps that are given none. */
export const permitOfTests = (permit: Permit): void => {
  whenLeftOut = permit;
};

/** Routes that belong to the platform and speak of nothing but the service itself. */
const platformRoutes = new Set([
  'GET /healthz',
  'GET /readyz',
  'GET /metrics',
  'GET /openapi.json',
  'GET /heard',
  'GET /area-of',
]);

/** The Hono app that every service starts from: request ids, limits, problem+json, health, metrics, OpenAPI 3.1. */
export function createApp(options: AppOptions): App {
  const { log, metrics } = options;
  const app = new OpenAPIHono({
    defaultHook: (result) => {
      if (result.success) return;
      const input = 'data' in result ? result.data : undefined;
      throw new Problem(422, 'The request does not fit', {
        errors: wordedErrors(result.error, input, [result.target]),
      });
    },
  });

  app.use(requestId());
  app.use(requestScope(options.name, options.tracer));
  if (options.edge) app.use(...edgeFirst(options.edge));
  app.use(async ({ req: { method } }, next) => {
    // TRACE, CONNECT and what nobody has heard of: no route answers them, and no service is asked.
    if (!knownMethods.includes(method)) throw notOfThisAddress(method, knownMethods);
    await next();
  });
  app.use(async (context, next) => {
    context.set('sender', options.senders?.(context.req.header('authorization')));
    await next();
  });
  app.use(async (context, next) => {
    const start = performance.now();
    await next();
    const route = context.req.routePath ?? 'unmatched';
    metrics.httpSeconds.observe(
      { method: context.req.method, route, status: context.res.status },
      (performance.now() - start) / 1000,
    );
  });
  app.use(
    bodyLimit({
      maxSize: options.bodyLimitBytes ?? 1024 * 1024,
      onError: () => {
        throw new Problem(413, 'The body is too large', {
          errors: [tooLarge(options.bodyLimitBytes ?? 1024 * 1024)],
        });
      },
    }),
  );
  app.use(
    timeout(
      options.timeoutMs ?? 30_000,
      () => new HTTPException(503, { message: 'The service did not answer in time' }),
    ),
  );
  app.use(async (context, next) => {
    const { pathname, search } = new URL(context.req.url);
    assertReadable(pathname + search);
    await next();
  });
  // What may be asked of an address is no secret and nobody's permission. Nothing of another origin is allowed by it: there are no CORS headers.
  app.use(async (context, next) => {
    const methods = context.req.method === 'OPTIONS' ? methodsOf(app, context.req.path) : [];
    if (methods.length === 0) return next();
    return new Response(null, { status: 204, headers: { allow: [...methods, 'OPTIONS'].join(', ') } });
  });
  const permit = options.permit ?? whenLeftOut;
  const audit = options.audit && auditRequests(options.name, options.audit);
  // THE place where it is decided who may do what: every service's requests pass here.
  app.use(async (context, next) => {
    const fitting = new Map(
      matchedRoutes(context).flatMap(({ method, path }) => {
        const route = method === 'ALL' ? undefined : options.access[`${method} ${path}`];
        return route ? [[path, route] as const] : [];
      }),
    );
    if (fitting.size === 0) return next();
    const caller = await permit(context, context.var.sender);
    context.set('caller', caller);
    context.set('access', [...fitting.values()]);
    context.set('audit', audit);
    context.set('smallCells', options.smallCells);
    const [pattern, route] = closest(fitting);
    const request = options.audit && {
      caller,
      route,
      pattern,
      ...(await placesAndPersons(context, route, pattern, options.audit.personParameter)),
    };
    try {
      // A path that fits two rows is held to both: the closer data class wins.
      for (const [path, one] of fitting) {
        await assertRequestMay(context, caller, one, path, options.areaOf);
        await assertExactWhereNeeded(context, one, path);
      }
    } catch (error) {
      // Who is only asked for his purpose has done nothing that anybody should be asked about.
      const tried = error instanceof Problem && error.status === 403 && error.extensions.code !== 'purpose-required';
      if (request && tried) audit?.refused(context, request);
      throw error;
    }
    await next();
    if (request) await audit?.answered(context, request);
  });

  app.get('/healthz', (context) => context.json({ status: 'ok', service: options.name }));
  app.get('/readyz', async (context) => {
    try {
      await options.ready?.();
      // A rebuild takes the tables away for a moment: the service is ready all the same.
      const waiting = await options.waiting?.().catch(() => undefined);
      const mended = options.mended?.() ?? [];
      const damage = options.damage?.() ?? [];
      const standsBack = options.standsBack?.() ?? [];
      const late = options.late?.() ?? [];
      const parked = await options.parked?.().catch(() => undefined);
      const sealed = options.sealed?.();
      return context.json({
        status: 'ready',
        service: options.name,
        ...(waiting && { waiting }),
        ...(parked !== undefined && { parked }),
        ...(mended.length > 0 && { mended }),
        ...(standsBack.length > 0 && { standsBack }),
        ...(late.length > 0 && { late }),
        ...(options.backupAt && { backupAt: options.backupAt()?.toISOString() ?? null }),
        ...(sealed && { sealed }),
        ...(damage.length > 0 && { damage: damage.map(({ en }) => en), damageWords: damage }),
      });
    } catch (error) {
      return context.json({ status: 'not ready', service: options.name, reason: (error as Error).message }, 503);
    }
  });
  const { heard } = options;
  if (heard)
    app.get('/heard', async (context) => {
      const { district = '', source = '', through = '0' } = context.req.query();
      return context.json(await heard(district, source, Number(through) || 0));
    });
  const { areaOf } = options;
  // For the door, which asks it of events whose sender is limited to areas; for no person.
  if (areaOf)
    app.get('/area-of', async (context) => {
      if (context.var.sender === undefined) throw new Problem(404, 'No such address');
      const { district = '', id = '' } = context.req.query();
      return context.json({ areaId: (await areaOf(district, id)) ?? null });
    });
  app.get('/metrics', async (context) => {
    context.header('content-type', metrics.registry.contentType);
    return context.body(await metrics.registry.metrics());
  });
  app.get('/openapi.json', (context) =>
    context.json(app.getOpenAPI31Document({ openapi: '3.1.0', info: { title: options.name, version: '1' } })),
  );

  app.notFound((context) => {
    const { method, path } = context.req;
    const methods = methodsOf(app, path);
    return problemResponse(
      methods.length > 0
        ? notOfThisAddress(method, [...methods, 'OPTIONS'])
        : new Problem(404, 'No such address', { detail: path, vietnamese: { detail: path } }),
      context.get('requestId'),
      readerLanguage(context.req.header('accept-language')),
    );
  });
  app.onError((error, context) => {
    const id = context.get('requestId');
    const language = readerLanguage(context.req.header('accept-language'));
    if (error instanceof Problem) return problemResponse(error, id, language);
    if (error instanceof HTTPException) return problemResponse(new Problem(error.status, error.message), id, language);
    if (isBrokenForm(error))
      return problemResponse(
        new Problem(422, 'The form cannot be read', {
          vietnamese: { title: 'Không đọc được biểu mẫu' },
          errors: [
            {
              ...{ field: 'body', reason: 'a form (multipart/form-data) that is whole' },
              words: {
                vi: 'biểu mẫu (multipart/form-data) còn nguyên',
                en: 'a form (multipart/form-data) that is whole',
              },
            },
          ],
        }),
        id,
        language,
      );
    const ofDatabase = databaseProblem(error, ['GET', 'HEAD'].includes(context.req.method));
    if (ofDatabase) {
      log.warn({ err: error, requestId: id, path: context.req.path }, ofDatabase.title);
      return problemResponse(ofDatabase, id, language);
    }
    if (isUnavailable(error)) {
      log.warn({ err: error, requestId: id }, 'dependency unavailable');
      return problemResponse(
        new Problem(503, 'Not available now', {
          detail: 'A server this depends on does not answer; nothing was lost. Try again.',
          vietnamese: { detail: 'Một máy chủ chưa trả lời; không mất gì cả. Xin thử lại.' },
          headers: { 'retry-after': '2' },
        }),
        id,
        language,
      );
    }
    log.error({ err: error, requestId: id, path: context.req.path }, 'request failed');
    return problemResponse(
      new Problem(500, 'Something broke here', {
        detail: `Reported under request ${id}`,
        vietnamese: { detail: `Đã ghi lại với mã yêu cầu ${id}` },
      }),
      id,
      language,
    );
  });
  return app;
}

/** Everything that is done for a request is done in its name: in the log, and where traces are gathered. */
const requestScope =
  (service: string, tracer: Tracer | undefined): MiddlewareHandler =>
  async (context, next) => {
    const { requestId: id } = context.var;
    // Whoever looks after the service asks for these all day long.
    if (!tracer || platformRoutes.has(`GET ${context.req.path}`)) return inRequest({ requestId: id }, next);
    const { method } = context.req;
    const given = context.req.header('traceparent');
    const span = tracer.begin(method, {
      kind: 'server',
      parent: isTraceparent(given) ? given : undefined,
      attributes: { 'http.request.method': method, 'http.request.header.x-request-id': id },
    });
    context.set('traceparent', span.traceparent);
    await inRequest({ requestId: id, traceparent: span.traceparent }, next);
    const route = context.req.routePath;
    const { status } = context.res;
    span.end({
      name: `${service} ${method} ${route}`,
      failed: status >= 500,
      attributes: { 'http.route': route, 'http.response.status_code': status },
    });
  };

/** Of the rows that a request fits, the one that speaks most closely of people. */
function closest(fitting: ReadonlyMap<string, PermittedRoute>): [string, PermittedRoute] {
  const rows = [...fitting];
  return rows.find(([, { dataClass }]) => dataClass === 'person') ?? rows[0]!;
}

async function placesAndPersons(context: Context, route: PermittedRoute, pattern: string, parameter: string) {
  const { districts, areas = [] } = await placesOf(context, route, pattern);
  return { districts, areas, persons: await valuesAt(context, pattern, `path.${parameter}`) };
}

const knownMethods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

/** RFC 9110, 15.5.6: what the address does answer is said with it. */
const notOfThisAddress = (method: string, methods: readonly string[]): Problem =>
  new Problem(405, 'Not asked in this way', {
    detail: `This address does not answer ${method}.`,
    vietnamese: { detail: `Địa chỉ này không trả lời ${method}.` },
    headers: { allow: methods.join(', ') },
  });

const tooLarge = (most: number): WordedError => ({
  field: 'body',
  reason: `at most ${most} bytes`,
  words: { vi: `nhiều nhất ${most} byte`, en: `at most ${most} bytes` },
});

/** Methods that a path answers; none: it is unknown here, or is passed on to another service. */
function methodsOf(app: App, path: string): string[] {
  const answered = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'].filter((method) =>
    app.router.match(method, path)[0].some(([[, route]]) => route.method === method),
  );
  return answered.includes('GET') ? ['GET', 'HEAD', ...answered.slice(1)] : answered;
}

function problemResponse(problem: Problem, id: string | undefined, language: Language = 'en'): Response {
  return new Response(JSON.stringify({ ...problem.toldIn(language), ...(id ? { requestId: id } : {}) }), {
    status: problem.status,
    headers: { 'content-type': 'application/problem+json', ...problem.headers },
  });
}

/** Connection refused or lost, in PostgreSQL's classes 08 and 57P, or a broker without responders. 08P01 is our own mistake in a statement. */
function isUnavailable(error: unknown): boolean {
  const { code, name } = error as { code?: string; name?: string };
  return (
    ['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ENOENT'].includes(code ?? '') ||
    /^(08(?!P01)|57P|53)/.test(code ?? '') ||
    ['NoRespondersError', 'TimeoutError', 'ClosedConnectionError', 'ConnectionError'].includes(name ?? '') ||
    /Connection terminated|timeout exceeded when trying to connect/.test((error as Error).message ?? '')
  );
}

/** Refuses an app with a route that the access table does not know, or a table row that no route answers. */
export function assertAccessDeclared(app: App, access: Record<string, RouteAccess>): void {
  const routes = new Set(
    app.routes
      .filter((route) => route.method !== 'ALL' && !route.path.endsWith('*'))
      .map((route) => `${route.method} ${route.path}`)
      .filter((route) => access[route] || !platformRoutes.has(route)),
  );
  const undeclared = [...routes].filter((route) => !access[route]);
  const unanswered = Object.keys(access).filter((route) => !routes.has(route));
  if (undeclared.length || unanswered.length)
    throw new Error(
      `access table: undeclared ${undeclared.join(', ') || 'none'}; unanswered ${unanswered.join(', ') || 'none'}`,
    );
}

/** A form of several parts that is cut off, or whose parts do not end where it says: what reads it throws a TypeError that says no more. */
const isBrokenForm = (error: Error): boolean => error instanceof TypeError && /\bFormData\b/.test(error.message);
