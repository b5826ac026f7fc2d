import { topicIds } from '../report/topics.ts';
import { type GeoError, GeoProblem } from './answer.ts';

/** Most requests of one answer, and the longest span of receipt that one asks for. */
export const mostRequests = 1000;
export const mostDays = 90;
const dayMs = 86_400_000;

/** Which requests: by their numbers, or by receipt, service and state. */
export interface RequestFilter {
  ids?: readonly string[];
  topics?: readonly string[];
  statuses?: readonly ('open' | 'closed')[];
  /** Half-open: received from … to before. RFC 3339, UTC. */
  from: string;
  to: string;
  /** Only what changed then. */
  updatedFrom?: string | undefined;
  updatedTo?: string | undefined;
  page: number;
  pageSize: number;
  extensions: boolean;
}

/** W3C date and time: a day, or an instant with a zone. `+` of a zone may have come as a blank. */
const w3c = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+ -]\d{2}:?\d{2}))?$/i;

/** @returns milliseconds; undefined when it is no such date */
export function readW3cDate(text: string): number | undefined {
  if (!w3c.test(text.trim())) return undefined;
  const written = text
    .trim()
    .toUpperCase()
    .replace(/ (\d{2}:?\d{2})$/, '+$1')
    .replace(/([+-]\d{2})(\d{2})$/, '$1:$2');
  const day = written.slice(0, 10);
  // A 30th of February rolls over where only the date is read.
  if (Number.isNaN(Date.parse(day)) || new Date(day).toISOString().slice(0, 10) !== day) return undefined;
  const at = Date.parse(written);
  return Number.isNaN(at) || at < Date.parse('1900-01-01') || at > Date.parse('2199-12-31') ? undefined : at;
}

const listOf = (text: string | undefined) =>
  (text ?? '')
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '');

/**
 * The parameters of GET requests. Empty ones count as not given; numbers of requests override all others. Pure.
 *
 * @param query parameters by name @param nowMs where the district's clock stands
 * @throws GeoProblem 400 with everything that is wrong, each by its parameter
 */
export function readRequestFilter(query: Readonly<Record<string, string>>, nowMs: number): RequestFilter {
  const errors: GeoError[] = [];
  const wrong = (description: string) => errors.push({ code: 400, description });
  const date = (name: string) => {
    const text = query[name]?.trim();
    if (!text) return undefined;
    const at = readW3cDate(text);
    if (at === undefined) wrong(`${name}: a W3C date such as 2021-10-01T00:00:00Z; it was "${text.slice(0, 60)}"`);
    return at;
  };
  const whole = (name: string, most: number, otherwise: number) => {
    const text = query[name]?.trim();
    if (!text) return otherwise;
    const read = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
    if (read >= 1 && read <= most) return read;
    wrong(`${name}: a whole number from 1 to ${most}; it was "${text.slice(0, 60)}"`);
    return otherwise;
  };
  const ids = listOf(query.service_request_id);
  const paging = {
    page: whole('page', 1_000_000, 1),
    pageSize: whole('page_size', mostRequests, mostRequests),
    extensions: query.extensions?.trim().toLowerCase() === 'true',
  };
  if (ids.length > mostRequests) wrong(`service_request_id: at most ${mostRequests} of them`);
  if (ids.length > 0) {
    if (errors.length > 0) throw new GeoProblem(400, errors);
    return { ids, from: '1900-01-01T00:00:00.000Z', to: '2199-12-31T00:00:00.000Z', ...paging };
  }

  const topics = listOf(query.service_code);
  for (const topic of topics)
    if (!topicIds.some((id) => id === topic)) wrong(`service_code: "${topic.slice(0, 100)}" was not found`);
  const statuses = listOf(query.status).map((status) => status.toLowerCase());
  for (const status of statuses)
    if (status !== 'open' && status !== 'closed') wrong(`status: open or closed; it was "${status.slice(0, 60)}"`);
  const [start, end] = [date('start_date'), date('end_date')];
  const to = end ?? (start === undefined ? nowMs + 1 : Math.min(start + mostDays * dayMs, Math.max(nowMs + 1, start)));
  const from = start ?? to - mostDays * dayMs;
  if (from > to) wrong('start_date: not after end_date');
  else if (to - from > mostDays * dayMs) wrong(`start_date, end_date: at most ${mostDays} days apart`);
  const [updatedFrom, updatedTo] = [date('updated_after'), date('updated_before')];
  if (errors.length > 0) throw new GeoProblem(400, errors);
  const instant = (at: number) => new Date(at).toISOString();
  return {
    ...(topics.length > 0 ? { topics } : {}),
    ...(statuses.length > 0 ? { statuses: statuses.map((status) => (status === 'open' ? 'open' : 'closed')) } : {}),
    from: instant(from),
    // An end that was said is within; a default one is just after now.
    to: instant(end === undefined ? to : to + 1),
    ...(updatedFrom === undefined ? {} : { updatedFrom: instant(updatedFrom) }),
    ...(updatedTo === undefined ? {} : { updatedTo: instant(updatedTo) }),
    ...paging,
  };
}
