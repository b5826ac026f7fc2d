import { createHash, createPublicKey, type KeyObject, verify } from 'node:crypto';
import type { AssertionResponse, RegistrationResponse } from '#contracts/http/passkeys.ts';

// What the server verifies of passkeys: Web Authentication Level 3 (W3C), 7.1 and 7.2. No attestation is asked for, so that browsers hand the public key over as
// SubjectPublicKeyInfo (5.2.1) and no CBOR is read; signatures and keys are node:crypto's.

/** Algorithms that are taken, by their COSE number: Ed25519, ECDSA with P-256 and SHA-256, RSA with SHA-256. */
export const algorithms = [-8, -7, -257] as const;

const userPresent = 0x01;
const userVerified = 0x04;
const credentialIncluded = 0x40;

/** What an answer has to fit. */
export interface Expected {
  /** Origin by which the browser reached the product. */
  origin: string;
  /** Name that the passkeys belong to: that of the origin. */
  relyingParty: string;
}

export interface Registered {
  publicKey: Buffer;
  algorithm: number;
  signCount: number;
}

/** Why an answer is not taken; for the log and tests, not for who sent it. */
export class NotVerified extends Error {}

/** The challenge that an answer says it answers; whether it was given out is for the caller to see. @throws NotVerified */
export const challengeOf = (clientDataJSON: string): string => String(clientDataOf(clientDataJSON).challenge);

/** A new passkey. @throws NotVerified */
export function verifyRegistration({ id, response }: RegistrationResponse, expected: Expected): Registered {
  assertClientData(response.clientDataJSON, 'webauthn.create', expected);
  const data = Buffer.from(response.authenticatorData, 'base64url');
  const { flags, signCount } = assertAuthenticator(data, expected);
  // 6.1: after flags and counter come the model (16 bytes), the length of the id (2), the id, and the key.
  if (!(flags & credentialIncluded) || data.length < 55) throw new NotVerified('no credential');
  const length = data.readUInt16BE(53);
  const ofDevice = data.subarray(55, 55 + length);
  if (length < 16 || length > 1023 || !ofDevice.equals(Buffer.from(id, 'base64url')))
    throw new NotVerified('another credential');
  const publicKey = Buffer.from(response.publicKey, 'base64url');
  const numbers = numbersOf(keyOf(publicKey), response.publicKeyAlgorithm);
  // The key that the browser hands over is the one that the device made.
  const made = data.subarray(55 + length);
  if (!numbers.every((number) => made.includes(number))) throw new NotVerified('another key');
  return { publicKey, algorithm: response.publicKeyAlgorithm, signCount };
}

/** Whether who answers holds the passkey. @returns the device's count of signatures, to be kept @throws NotVerified */
export function verifyAssertion({ response }: AssertionResponse, expected: Expected, known: Registered): number {
  assertClientData(response.clientDataJSON, 'webauthn.get', expected);
  const data = Buffer.from(response.authenticatorData, 'base64url');
  const { signCount } = assertAuthenticator(data, expected);
  const clientData = createHash('sha256').update(Buffer.from(response.clientDataJSON, 'base64url')).digest();
  const signed = Buffer.concat([data, clientData]);
  const signature = Buffer.from(response.signature, 'base64url');
  const key = keyOf(known.publicKey);
  if (!verify(known.algorithm === -8 ? null : 'sha256', signed, key, signature)) throw new NotVerified('signature');
  // 6.1.1: a count that does not rise is that of a copy. Devices that do not count say 0.
  if ((signCount !== 0 || known.signCount !== 0) && signCount <= known.signCount) throw new NotVerified('count');
  return signCount;
}

function clientDataOf(text: string): Record<string, unknown> {
  try {
    const data: unknown = JSON.parse(Buffer.from(text, 'base64url').toString());
    if (typeof data === 'object' && data !== null) return data as Record<string, unknown>;
  } catch {
    // told below
  }
  throw new NotVerified('client data');
}

function assertClientData(text: string, type: string, { origin }: Expected): void {
  const data = clientDataOf(text);
  if (data.type !== type) throw new NotVerified('type');
  if (data.origin !== origin) throw new NotVerified('origin');
  if (data.crossOrigin === true) throw new NotVerified('in a frame of another page');
}

function assertAuthenticator(data: Buffer, { relyingParty }: Expected): { flags: number; signCount: number } {
  if (data.length < 37) throw new NotVerified('authenticator data');
  const wanted = createHash('sha256').update(relyingParty).digest();
  if (!data.subarray(0, 32).equals(wanted)) throw new NotVerified('relying party');
  const flags = data[32]!;
  if (!(flags & userPresent) || !(flags & userVerified)) throw new NotVerified('nobody was there');
  return { flags, signCount: data.readUInt32BE(33) };
}

function keyOf(publicKey: Buffer): KeyObject {
  try {
    return createPublicKey({ key: publicKey, format: 'der', type: 'spki' });
  } catch {
    throw new NotVerified('public key');
  }
}

/** The numbers that a key is made of, where the key is of the algorithm. */
function numbersOf(key: KeyObject, algorithm: number): Buffer[] {
  const { crv, x, y, n } = key.export({ format: 'jwk' });
  const bytes = (text: string | undefined) => Buffer.from(text ?? '', 'base64url');
  if (algorithm === -7 && crv === 'P-256') return [bytes(x), bytes(y)];
  if (algorithm === -8 && crv === 'Ed25519') return [bytes(x)];
  if (algorithm === -257 && n !== undefined && bytes(n).length >= 256) return [bytes(n)];
  throw new NotVerified('algorithm');
}
