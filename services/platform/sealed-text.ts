import { createCipheriv, createDecipheriv, hash, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto';

/** AES-256-GCM, a random nonce before what is sealed. Source: NIST SP 800-38D, 8.2.2 (at most 2^32 texts under one key); RFC 5116. */
const cipher = 'aes-256-gcm';
const nonceBytes = 12;
const tagBytes = 16;

/** Length of a key under which many texts are sealed. */
export const keyBytes = 32;

/** @param bound must be the same when it is opened */
export function sealBytes(key: Buffer, plain: Buffer, bound: string): Buffer {
  const nonce = randomBytes(nonceBytes);
  const sealing = createCipheriv(cipher, key, nonce, { authTagLength: tagBytes });
  sealing.setAAD(Buffer.from(bound));
  return Buffer.concat([nonce, sealing.update(plain), sealing.final(), sealing.getAuthTag()]);
}

/** @throws Error when the key, the bytes or what they are bound to are others */
export function openBytes(key: Buffer, sealed: Buffer, bound: string): Buffer {
  if (sealed.length < nonceBytes + tagBytes) throw new Error('too short to be sealed');
  const opening = createDecipheriv(cipher, key, sealed.subarray(0, nonceBytes), { authTagLength: tagBytes });
  opening.setAAD(Buffer.from(bound));
  opening.setAuthTag(sealed.subarray(sealed.length - tagBytes));
  return Buffer.concat([opening.update(sealed.subarray(nonceBytes, sealed.length - tagBytes)), opening.final()]);
}

/** A key of its own for each use of a secret. Source: RFC 5869. */
export const keyFor = (secret: Buffer, use: string): Buffer =>
  Buffer.from(hkdfSync('sha256', secret, Buffer.alloc(0), use, keyBytes));

/*
 * A text under a key that seals it alone: random bytes as long as the text (a one-time pad: it hides the text whatever anybody computes), and 32 more for the proof that it
 * is the text (encrypt, then HMAC-SHA-256, 128 bits of it: RFC 2104, 5). The key must be random and never be used again.
 */

/** How long the key of a text is. */
export const onceKeyBytes = (textBytes: number): number => proofKeyBytes + textBytes;
const proofKeyBytes = 32;
const proofBytes = 16;
/** How long the text was. */
export const sealedOnceBytes = (sealed: Buffer): number => sealed.length - proofBytes;

/** @param key of `onceKeyBytes` of the text */
export function sealOnce(key: Buffer, text: Buffer, bound: string): Buffer {
  const sealed = Buffer.allocUnsafe(text.length + proofBytes);
  for (let at = 0; at < text.length; at++) sealed[at] = text[at]! ^ key[proofKeyBytes + at]!;
  proofOf(key, sealed.subarray(0, text.length), bound).copy(sealed, text.length, 0, proofBytes);
  return sealed;
}

/** @throws Error when the key, the bytes or what they are bound to are others */
export function openOnce(key: Buffer, sealed: Buffer, bound: string): Buffer {
  const length = sealedOnceBytes(sealed);
  if (length < 0 || key.length !== onceKeyBytes(length)) throw new Error('the key is of another text');
  const hidden = sealed.subarray(0, length);
  if (!timingSafeEqual(proofOf(key, hidden, bound).subarray(0, proofBytes), sealed.subarray(length)))
    throw new Error('the key, the text or what it is bound to are others');
  const text = Buffer.allocUnsafe(length);
  for (let at = 0; at < length; at++) text[at] = hidden[at]! ^ key[proofKeyBytes + at]!;
  return text;
}

const proofOf = (key: Buffer, hidden: Buffer, bound: string): Buffer => {
  const about = Buffer.from(bound);
  const length = Buffer.allocUnsafe(4);
  length.writeUInt32BE(about.length);
  return hmacSha256(key.subarray(0, proofKeyBytes), Buffer.concat([length, about, hidden]));
};

const blockBytes = 64;

/** HMAC-SHA-256 of RFC 2104 by two hashes: an object of Node for each costs ten times as much as what it computes (measured: 18 and 4 µs). */
export function hmacSha256(key: Buffer, message: Buffer): Buffer {
  const inner = Buffer.allocUnsafe(blockBytes + message.length);
  const outer = Buffer.allocUnsafe(blockBytes + 32);
  for (let at = 0; at < blockBytes; at++) {
    const byte = at < key.length ? key[at]! : 0;
    inner[at] = byte ^ 0x36;
    outer[at] = byte ^ 0x5c;
  }
  message.copy(inner, blockBytes);
  hash('sha256', inner, 'buffer').copy(outer, blockBytes);
  return hash('sha256', outer, 'buffer');
}
