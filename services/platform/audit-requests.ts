import type { Context } from 'hono';
import { type AuditEntry, type Books, rememberLooks } from './audit.ts';
import type { Caller, PermittedRoute } from './permission.ts';
import { Problem } from './problem.ts';

/** What an app needs to note who looked at whom. */
export interface AuditOptions {
  books: Books;
  now: () => Date;
  /** Ids of the persons that an answer speaks of, from its text. */
  personsIn: (text: string) => string[];
  /** Name of the parameter by which an address names a person. */
  personParameter: string;
}

/** What a request is of, as its permit was asked. */
export interface AuditedRequest {
  caller: Caller;
  /** The closest row of the access table that it fits, with its pattern. */
  route: PermittedRoute;
  pattern: string;
  districts: readonly string[];
  areas: readonly string[];
  /** Persons that the address names. */
  persons: readonly string[];
}

const readMethods = ['GET', 'HEAD', 'OPTIONS'];

/**
 * THE place where it is noted who saw whom and who changed what: by the data class that the permit of a route declares.
 *
 * - A read of rows of persons: its line is on disk before the answer goes; when it cannot be written the answer is a 503 and shows nobody. So no look is lost.
 * - A change with rows of persons: its line is on disk before the answer; the change has been made, so the answer goes out all the same and the line is tried again.
 * - Any other change: soon after the answer. Of those that a killed process had not written the facts are in the journal, with who said them and the request's id.
 * - A read of rows of persons that was refused: soon.
 *
 * Left out: visitors and exercises, whose persons are made up; the product's own programmes, whose every word the journal has in their name; the front door's questions.
 */
export function auditRequests(service: string, { books, now, personsIn }: AuditOptions) {
  const looks = rememberLooks(() => now().getTime());
  const entryOf = (
    context: Context,
    { caller, route, pattern, districts, areas, persons }: AuditedRequest,
    status: number,
  ): AuditEntry => {
    const { pathname, search } = new URL(context.req.url);
    return {
      at: now().toISOString(),
      service,
      requestId: context.var.requestId,
      actor: `${caller.actor?.authtype ?? 'unknown'}:${caller.actor?.authid ?? ''}`,
      roles: caller.roles ?? [],
      purpose: caller.purpose ?? null,
      action: route.action,
      dataClass: route.dataClass,
      method: context.req.method,
      route: pattern,
      address: `${pathname}${search}`.slice(0, 1000),
      districts,
      areas,
      persons,
      status,
    };
  };
  const noted = ({ caller }: AuditedRequest) =>
    caller.known && !(caller.roles ?? []).every((role) => role === 'gateway' || role === 'programme');
  const madeUp = ({ caller, districts }: AuditedRequest) =>
    districts.length > 0 && districts.every((district) => caller.madeUp?.(district) === true);

  return {
    /** The permit said no. */
    refused: (context: Context, request: AuditedRequest): void => {
      if (noted(request) && request.route.dataClass === 'person') books.later(entryOf(context, request, 403));
    },
    /** The handler has answered, and nothing has gone out yet. @throws Problem 503 when what was read cannot be noted */
    answered: async (context: Context, request: AuditedRequest): Promise<void> => {
      if (!noted(request)) return;
      const reads = readMethods.includes(context.req.method);
      const ofPersons = request.route.dataClass === 'person';
      const { res } = context;
      if (reads && (!ofPersons || madeUp(request) || res.status >= 400)) return;
      const found = ofPersons && isJson(res) ? personsIn(await res.clone().text()) : [];
      const persons = [...new Set([...request.persons, ...found])];
      const entry = entryOf(context, { ...request, persons }, res.status);
      if (reads) return look(books, looks, entry, isJson(res));
      if (!ofPersons) return books.later(entry);
      await books.write(entry).catch(() => books.later(entry));
    },
    /** For a handler that alone can tell that rows of persons are shown, such as a stream: before it shows them. @throws Problem 503 */
    look: async (context: Context, request: AuditedRequest): Promise<void> => {
      if (noted(request) && !madeUp(request)) await look(books, looks, entryOf(context, request, 200), false);
    },
  };
}

export type AuditRequests = ReturnType<typeof auditRequests>;

/** A map has no list of its persons: all its tiles of a district are one look. */
async function look(
  books: Books,
  looks: ReturnType<typeof rememberLooks>,
  entry: AuditEntry,
  lists: boolean,
): Promise<void> {
  const { actor, purpose, route, address, districts, areas, persons } = entry;
  const key = JSON.stringify([actor, purpose, route, lists ? address : '', districts, areas, persons]);
  if (looks.seen(key)) return;
  try {
    await books.write(entry);
  } catch (error) {
    throw new Problem(503, 'Who looks cannot be noted now', {
      detail: 'Rows of persons are shown only when the ledger has it. Try again.',
      vietnamese: {
        title: 'Chưa ghi được nhật ký truy cập',
        detail: 'Dữ liệu từng người chỉ hiện khi nhật ký truy cập ghi được. Xin thử lại.',
      },
      extensions: { code: 'audit-unavailable' },
      headers: { 'retry-after': '2' },
      cause: error,
    });
  }
  looks.note(key);
}

const isJson = (response: Response) =>
  /^application\/([\w.+-]*\+)?json/.test(response.headers.get('content-type') ?? '');
