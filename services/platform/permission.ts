import type { Context } from 'hono';
import { Problem } from './problem.ts';

/** How closely something speaks of people. */
type DataClass = 'public' | 'aggregate' | 'person';

/** Of what something is done: a district, areas of it, everything that there is; nothing said: of no district. */
export interface PermissionScope {
  district?: string | undefined;
  areas?: readonly string[] | undefined;
  everywhere?: boolean;
  /** It brings many things, and each is asked of its own area: some area is enough here. */
  areasInside?: boolean;
  eventType?: string | undefined;
}

/** Who asks, and what he may. */
export interface Caller {
  /** As the journal names him; left out: whom the sender's secret or the event's source names. */
  actor?:
    | { authtype: 'user' | 'api_key' | 'service_account' | 'unauthenticated'; authid?: string | undefined }
    | undefined;
  /** False: nobody signed in and no token was shown. A refusal is then a 401, which asks for a sign-in. */
  known: boolean;
  may(action: string, dataClass: DataClass, scope: PermissionScope): boolean;
  /** All that is missing is that he says for what. */
  lacksPurpose?(action: string, dataClass: DataClass, scope: PermissionScope): boolean;
  /** Roles that he has, and for what he reads rows of persons: for the ledger. */
  roles?: readonly string[];
  purpose?: string | null | undefined;
  /** Whether the persons of a district are made up: an exercise. */
  madeUp?(district: string): boolean;
  /** How far in a district: everywhere, in these areas, not at all. */
  reach(action: string, dataClass: DataClass, district: string): 'all' | ReadonlySet<string> | undefined;
}

/** Who asks by a request; `sender`: programme that proved itself by its secret. Throws a 401 Problem for a proof that is none. */
export type Permit = (context: Context, sender: string | undefined) => Caller | Promise<Caller>;

/** For tests of what a service does: whoever asks may do everything. The product never takes it. */
export const everybodyMay: Permit = () => ({ known: true, may: () => true, reach: () => 'all' });

/** What an app has that was given no permission: nobody may do anything. */
export const nobodyMay: Permit = () => ({ known: false, may: () => false, reach: () => undefined });

/** The area in which an entity of a service lies, by its number; undefined: there is none, or it lies in none. */
export type AreaOf = (district: string, id: string) => Promise<string | undefined>;

/** What a route is, and where its request names district and area. */
export interface PermittedRoute {
  action: string;
  dataClass: DataClass;
  district?: string | undefined;
  area?: string | undefined;
  /** What it tells somebody who may see no rows of persons (small-cells.ts); left out, and it is of counts: nothing. */
  protection?: string | undefined;
}

/** Throws a 401 or 403 Problem unless the caller may do the action. */
export function assertMay(caller: Caller, { action, dataClass }: PermittedRoute, scope: PermissionScope): void {
  if (caller.may(action, dataClass, scope)) return;
  if (caller.known && caller.lacksPurpose?.(action, dataClass, scope))
    throw new Problem(403, 'Say for what first', {
      detail: 'Rows of persons are shown to who has said for what: POST /api/identity/purpose, once per sign-in.',
      vietnamese: {
        title: 'Hãy cho biết mục đích trước',
        detail: 'Dữ liệu từng người chỉ hiện sau khi bạn chọn mục đích, một lần mỗi phiên đăng nhập.',
      },
      extensions: { code: 'purpose-required', action, dataClass },
    });
  throw caller.known
    ? new Problem(403, 'Not permitted', {
        detail: `Your role does not permit ${action}${scope.district === undefined ? '' : ` in ${scope.district}`}.`,
        extensions: { action, dataClass, ...(scope.district === undefined ? {} : { district: scope.district }) },
      })
    : new Problem(401, 'Sign in first', {
        detail: 'Without a sign-in only exercises may be looked at, on this machine.',
        extensions: { action, dataClass },
        headers: { 'www-authenticate': 'Bearer' },
      });
}

/** For handlers that alone can tell the district (`inside` of the access table). Throws a 401 or 403 Problem. */
export function assertMayIn(context: Context, district: string): void {
  const { caller, access } = context.var;
  for (const route of access) assertMay(caller, route, { district });
}

/** Whether what the route reads may be read of a district: for lists that show each caller his own. */
export const mayIn = ({ var: { caller, access } }: Context, district: string): boolean =>
  access.every(({ action, dataClass }) => caller.may(action, dataClass, { district }));

/**
 * Asks for a request, before its handler runs, whether the caller may: district and area are read from where the access table says that they stand.
 *
 * @param route as it is in the table @param pattern its path, `:name` for parameters @param areaOf of a service whose routes are of an entity's area
 */
export async function assertRequestMay(
  context: Context,
  caller: Caller,
  route: PermittedRoute,
  pattern: string,
  areaOf?: AreaOf,
): Promise<void> {
  const { areas, districts } = await placesOf(context, route, pattern);
  const place = route.district ?? 'query.district';
  if (place === 'none' || place === 'inside') {
    assertMay(caller, route, { areas, areasInside: route.area === 'inside' });
    return;
  }
  if (place === 'all') {
    assertMay(caller, route, { everywhere: true, areas });
    return;
  }
  // A request that should name a district and does not is of all of them.
  if (districts.length === 0) assertMay(caller, route, { everywhere: true, areas });
  for (const district of districts) {
    const whole = route.area !== 'entity' || caller.may(route.action, route.dataClass, { district });
    assertMay(caller, route, {
      district,
      areas: whole ? areas : await areasOfEntity(context, pattern, district, areaOf),
    });
  }
}

/**
 * The areas that a request about an entity is of: where the entity lies, and where the request says that it lies from then on. None: nobody knows, and whoever is
 * limited to areas is refused, whether there is such an entity or not.
 */
async function areasOfEntity(context: Context, pattern: string, district: string, areaOf: AreaOf | undefined) {
  const parameter = /:(\w+)/.exec(pattern)?.[1];
  const [id] = parameter === undefined ? [] : await valuesAt(context, pattern, `path.${parameter}`);
  const area = id === undefined ? undefined : await areaOf?.(district, id);
  return area === undefined ? [] : [area, ...(await valuesAt(context, pattern, 'body.areaId'))];
}

/** Districts and areas that a request names, where the access table says that they stand. Areas undefined: it is of the whole district. */
export async function placesOf(
  context: Context,
  route: PermittedRoute,
  pattern: string,
): Promise<{ districts: string[]; areas: string[] | undefined }> {
  const areas =
    route.area === undefined || route.area === 'entity' || route.area === 'inside'
      ? undefined
      : await valuesAt(context, pattern, route.area);
  const place = route.district ?? 'query.district';
  if (['none', 'inside', 'all'].includes(place)) return { districts: [], areas };
  const named = await valuesAt(context, pattern, place);
  return { districts: named.map((one) => (place === 'path.collectionId' ? one.split('.')[0]! : one)), areas };
}

/** Every value that a request gives at a place such as `query.district`: one that is given twice is held to both. */
export async function valuesAt(context: Context, pattern: string, place: string): Promise<string[]> {
  const [where, name] = place.split('.') as ['query' | 'path' | 'body', string];
  if (where === 'query') return context.req.queries(name) ?? [];
  if (where === 'path') {
    const value = context.req.path.split('/')[pattern.split('/').indexOf(`:${name}`)];
    return value === undefined ? [] : [decoded(value)];
  }
  // Hono keeps what was read: the handler reads the same again. What is no JSON is the handler's to refuse.
  const body: unknown = await context.req.json().catch(() => undefined);
  const value = typeof body === 'object' && body !== null ? (body as Record<string, unknown>)[name] : undefined;
  return typeof value === 'string' ? [value] : [];
}

/** As the router decodes a parameter: what is no encoding stays as it is. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
