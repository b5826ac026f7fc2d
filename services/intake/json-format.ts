import type { WordedError } from '#platform/problem.ts';

/**
 * An event as the JSON format of CloudEvents 1.0.2 lets it be written, in the one way in which it is judged: an attribute that is null is unset, and JSON in
 * `data_base64` is the same as in `data`. Anything that is no object is left as it is. Pure.
 * Source: https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/formats/json-format.md (2.2, 3.1)
 */
export function withJsonData(raw: unknown): { event: unknown } | { fault: WordedError } {
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) return { event: raw };
  // Nearly every event is written so already: it is not copied.
  if (!('data_base64' in raw) && !Object.values(raw).includes(null)) return { event: raw };
  const set = Object.entries(raw).filter(([, value]) => value !== null);
  const { data_base64: encoded, ...event } = Object.fromEntries(set);
  if (encoded === undefined) return { event };
  if (event.data !== undefined)
    return {
      fault: {
        ...{ field: 'data_base64', reason: 'data or data_base64, not both' },
        words: { vi: 'data hoặc data_base64, không cả hai', en: 'data or data_base64, not both' },
      },
    };
  const data = typeof encoded === 'string' ? jsonOf(encoded) : undefined;
  if (data === undefined)
    return {
      fault: {
        ...{ field: 'data_base64', value: shown(encoded), reason: 'JSON in Base64' },
        words: { vi: 'JSON viết bằng Base64', en: 'JSON in Base64' },
      },
    };
  return { event: { ...event, data } };
}

/** Source of the alphabet: RFC 4648, 4. */
const base64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

function jsonOf(encoded: string): unknown {
  if (!base64.test(encoded)) return undefined;
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(encoded, 'base64'));
    return JSON.parse(text.normalize('NFC'));
  } catch {
    return undefined;
  }
}

const shown = (value: unknown) => (typeof value === 'string' ? value.slice(0, 120) : typeof value);
