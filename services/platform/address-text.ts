import { Problem } from './problem.ts';

/** NUL alone: PostgreSQL takes it in no text. The other control characters are in nobody's names either, but do no harm. */
const holdsNul = /%00/i;

/**
 * Refuses an address that holds a character which no text of ours has.
 *
 * @param address path and query as they came, encoded
 * @throws Problem 422 that names each part
 */
export function assertReadable(address: string): void {
  if (!holdsNul.test(address)) return;
  const [path = '', query = ''] = address.split('?', 2);
  const fields = query
    .split('&')
    .filter((pair) => holdsNul.test(pair))
    .map((pair) => `query.${pair.split('=', 1)[0]!.replaceAll(/%00/gi, '')}`);
  if (holdsNul.test(path)) fields.push('path');
  const reason = 'text without control characters; it has U+0000';
  throw new Problem(422, 'The request does not fit', {
    errors: fields.map((field) => ({
      field,
      reason,
      words: { vi: 'có ký tự không phải là chữ (U+0000)', en: reason },
    })),
  });
}
