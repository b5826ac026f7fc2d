import { Problem } from '#platform/problem.ts';

/** Most events of one batch. */
export const batchLimit = 5000;

/**
 * The events of a request, by the CloudEvents HTTP protocol binding 1.0.2: structured (one), batched, or binary (attributes in `ce-` headers).
 * `application/json` is taken by its shape. Text is brought to NFC, so that one Vietnamese name is one string.
 */
export function readEvents(contentType: string, headers: Headers, body: string): { events: unknown[]; batch: boolean } {
  const mediaType = contentType.split(';')[0]!.trim().toLowerCase();
  // Structured and batched events say so by their media type, whatever headers repeat of them (3, "Content Modes").
  if (headers.has('ce-specversion') && !mediaType.startsWith('application/cloudevents'))
    return { events: [{ ...binaryAttributes(headers), data: parse(body) }], batch: false };
  const parsed = parse(body);
  switch (mediaType) {
    case 'application/cloudevents+json':
      return { events: [parsed], batch: false };
    case 'application/cloudevents-batch+json':
      return { events: asBatch(parsed), batch: true };
    case 'application/json':
      return Array.isArray(parsed) ? { events: asBatch(parsed), batch: true } : { events: [parsed], batch: false };
    default:
      throw new Problem(415, 'Not a media type that is understood here', {
        errors: [
          {
            field: 'content-type',
            value: contentType,
            reason: 'one of application/cloudevents+json, application/cloudevents-batch+json, application/json',
          },
        ],
      });
  }
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body.normalize('NFC'));
  } catch (error) {
    throw new Problem(400, 'The body is not JSON', {
      detail: (error as Error).message,
      errors: [{ field: 'body', reason: (error as Error).message }],
    });
  }
}

function asBatch(parsed: unknown): unknown[] {
  if (!Array.isArray(parsed))
    throw new Problem(400, 'A batch is an array', {
      errors: [{ field: 'body', value: typeof parsed, reason: 'array of events' }],
    });
  if (parsed.length > batchLimit)
    throw new Problem(413, 'The batch is too large', {
      errors: [{ field: 'body', value: parsed.length, reason: `at most ${batchLimit} events` }],
    });
  return parsed;
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
