import { Problem, type WordedError } from '#platform/problem.ts';
import { shapeOf } from './body-shape.ts';

/** Most events of one batch. */
export const batchLimit = 5000;

/** What a request brings. */
export interface SentEvents {
  events: unknown[];
  batch: boolean;
  /** Events that were not read, by their place, with the reason; in `events` they are null. Left out: all were. */
  unread?: ReadonlyMap<number, WordedError>;
}

/**
 * The events of a request, by the CloudEvents HTTP protocol binding 1.0.2: structured (one), batched, or binary (attributes in `ce-` headers).
 * `application/json` is taken by its shape. Text is brought to NFC, so that one Vietnamese name is one string.
 */
export function readEvents(contentType: string, headers: Headers, body: string): SentEvents {
  const mediaType = contentType.split(';')[0]!.trim().toLowerCase();
  // Structured and batched events say so by their media type, whatever headers repeat of them (3, "Content Modes").
  if (headers.has('ce-specversion') && !mediaType.startsWith('application/cloudevents')) {
    const { parsed, ...shape } = parse(body, 1);
    return { events: [{ ...binaryAttributes(headers), data: parsed }], batch: false, ...shape };
  }
  if (!mediaTypes.includes(mediaType))
    throw new Problem(415, 'Not a media type that is understood here', {
      errors: [{ field: 'content-type', value: contentType, reason: `one of ${mediaTypes.join(', ')}` }],
    });
  const { parsed, ...shape } = parse(body, 2);
  if (mediaType === mediaTypes[0] || (mediaType === mediaTypes[2] && !Array.isArray(parsed)))
    return { events: [parsed], batch: false, ...shape };
  if (!Array.isArray(parsed))
    throw new Problem(400, 'A batch is an array', {
      errors: [{ field: 'body', value: typeof parsed, reason: 'array of events' }],
    });
  return { events: parsed, batch: true, ...shape };
}

const mediaTypes = ['application/cloudevents+json', 'application/cloudevents-batch+json', 'application/json'];

function parse(body: string, levelsAround: 1 | 2): { parsed: unknown } & Pick<SentEvents, 'unread'> {
  const { text, unread, count } = shapeOf(body, levelsAround);
  if (count > batchLimit && levelsAround === 2)
    throw new Problem(413, 'The batch is too large', {
      errors: [{ field: 'body', value: count, reason: `at most ${batchLimit} events` }],
    });
  try {
    return { parsed: JSON.parse(text.normalize('NFC')), ...(unread.size > 0 ? { unread } : {}) };
  } catch (error) {
    throw new Problem(400, 'The body is not JSON', {
      detail: (error as Error).message,
      errors: [{ field: 'body', reason: (error as Error).message }],
    });
  }
}

const truths: Record<string, boolean> = { true: true, false: false };

/** Attributes of the envelope that are no text; what is not of their type stays text, and is refused by the schema. */
const typed = (header: string, text: string) =>
  header === 'ce-exercise' ? (truths[text] ?? text) : header === 'ce-dataversion' ? Number(text) : text;

function binaryAttributes(headers: Headers): Record<string, unknown> {
  const attributes: Record<string, unknown> = {};
  for (const [name, value] of headers) {
    if (!name.startsWith('ce-')) continue;
    const text = decoded(name, value).normalize('NFC');
    attributes[name.slice(3)] = typed(name, text);
  }
  return attributes;
}

/** Header values are percent-encoded (3.1.3.2). */
function decoded(header: string, value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    throw new Problem(400, 'A header is not percent-encoded', {
      errors: [{ field: header, value, reason: 'percent-encoded UTF-8; a "%" itself is %25' }],
    });
  }
}
