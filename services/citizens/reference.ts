import { createHash, timingSafeEqual } from 'node:crypto';

/** Crockford's base 32: no I, L, O and U, so that nobody reads one letter for another. @see https://www.crockford.com/base32.html */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** Letters of the public part, 40 bits: enough that two reports of a district do not meet. */
const publicLetters = 8;
/** Letters of the secret part, 75 bits. */
const secretLetters = 15;

/** A reference number: `reportId` is public, `reference` has the secret part by which its owner follows it. */
export interface Reference {
  reportId: string;
  reference: string;
  /** SHA-256 of the secret, hexadecimal: what is kept. */
  secretHash: string;
}

/**
 * The reference number of a submission. The same submission has the same number, so that what is sent again after a lost answer is one report.
 *
 * @param submission random text of at least 122 bits that nobody else knows (a UUID of version 4)
 */
export function referenceOf(district: string, submission: string): Reference {
  const reportId = `PA-${lettersOf(`report ${district} ${submission}`, publicLetters)}`;
  const secret = lettersOf(`secret ${district} ${submission}`, secretLetters);
  return {
    reportId,
    reference: `${reportId}-${secret.slice(0, 5)}-${secret.slice(5, 10)}-${secret.slice(10)}`,
    secretHash: secretHashOf(district, reportId, secret),
  };
}

/** A reference number as somebody typed it, in its parts; undefined when it is none. Case, spaces and letters that look alike do not matter. */
export function readReference(typed: string): { reportId: string; secret: string } | undefined {
  const letters = typed
    .toUpperCase()
    .replace(/^\s*PA/, '')
    .replace(/[\s-]/g, '')
    .replace(/O/g, '0')
    .replace(/[IL]/g, '1');
  if (letters.length !== publicLetters + secretLetters || [...letters].some((letter) => !alphabet.includes(letter)))
    return undefined;
  return { reportId: `PA-${letters.slice(0, publicLetters)}`, secret: letters.slice(publicLetters) };
}

/** Whether a secret is that of a report. */
export const fitsSecret = (district: string, reportId: string, secret: string, secretHash: string): boolean =>
  timingSafeEqual(Buffer.from(secretHashOf(district, reportId, secret)), Buffer.from(secretHash));

const secretHashOf = (district: string, reportId: string, secret: string): string =>
  createHash('sha256').update(`${district} ${reportId} ${secret}`).digest('hex');

/** Letters of the hash of a text, five bits each. */
function lettersOf(text: string, letters: number): string {
  const bits = createHash('sha256').update(text).digest();
  let found = '';
  for (let index = 0; index < letters; index++) {
    const at = index * 5;
    const twoBytes = (bits[at >> 3]! << 8) | bits[(at >> 3) + 1]!;
    found += alphabet[(twoBytes >> (11 - (at & 7))) & 31];
  }
  return found;
}
