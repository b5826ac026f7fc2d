import { createHmac, timingSafeEqual } from 'node:crypto';

/** What is signed: the number of the message, when it was sent (whole seconds since 1970), and its bytes as they came. */
export interface Signed {
  id: string;
  timestamp: string;
  body: string;
}

/** Older and newer messages are refused, seconds. Not longer than the journal remembers what it was told (two minutes). */
export const toleranceSeconds = 120;

/**
 * Signature of a message as Standard Webhooks has it (standardwebhooks.com, 1.0): `v1,` and the base64 of HMAC-SHA256 over `id.timestamp.body`.
 *
 * @param secret the text itself, not its base64
 */
export const signatureOf = ({ id, timestamp, body }: Signed, secret: string): string =>
  `v1,${createHmac('sha256', secret).update(`${id}.${timestamp}.${body}`).digest('base64')}`;

const equal = (one: string, other: string): boolean => {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
};

/**
 * Why a message is not believed; undefined: it is.
 *
 * @param signatures of the header: several, divided by spaces, while a secret is changed
 */
export function whyNotBelieved(
  signed: Signed,
  signatures: string,
  secret: string,
  nowMs: number,
): 'signature' | 'too-old' | undefined {
  const expected = signatureOf(signed, secret);
  // All are compared, so that time tells nothing of which.
  if (signatures.split(' ').filter((one) => equal(one, expected)).length === 0) return 'signature';
  const seconds = Number(signed.timestamp);
  return Number.isInteger(seconds) && Math.abs(nowMs / 1000 - seconds) <= toleranceSeconds ? undefined : 'too-old';
}
