import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import type { AssertionResponse, RegistrationResponse } from '#contracts/http/passkeys.ts';

const text = (data: Uint8Array): string => Buffer.from(data).toString('base64url');
const kinds = {
  '-7': () => generateKeyPairSync('ec', { namedCurve: 'P-256' }),
  '-8': () => generateKeyPairSync('ed25519'),
  '-257': () => generateKeyPairSync('rsa', { modulusLength: 2048 }),
} as const;

/** What a browser and its device say; each may be told otherwise, to be refused. */
export interface Says {
  type?: string;
  origin?: string;
  relyingParty?: string;
  crossOrigin?: boolean;
  flags?: number;
  count?: number;
}

/** A device with one passkey, and the browser before it. Source: Web Authentication Level 3, 5.8.1 and 6.1. */
export function device(origin: string, algorithm: keyof typeof kinds = '-7') {
  const { publicKey, privateKey } = kinds[algorithm]() as { publicKey: KeyObject; privateKey: KeyObject };
  const id = randomBytes(32);
  let count = 0;
  const clientData = (challenge: string, type: string, says: Says) =>
    Buffer.from(
      JSON.stringify({
        type: says.type ?? type,
        challenge,
        origin: says.origin ?? origin,
        crossOrigin: says.crossOrigin ?? false,
      }),
    );
  const head = (says: Says, flags: number) => {
    const counted = Buffer.alloc(4);
    counted.writeUInt32BE(says.count ?? count++);
    const relyingParty = says.relyingParty ?? new URL(origin).hostname;
    return Buffer.concat([
      createHash('sha256').update(relyingParty).digest(),
      Buffer.from([says.flags ?? flags]),
      counted,
    ]);
  };
  return {
    id: text(id),
    register: (challenge: string, says: Says = {}): RegistrationResponse => {
      const { x, y, n } = publicKey.export({ format: 'jwk' });
      const length = Buffer.alloc(2);
      length.writeUInt16BE(id.length);
      const numbers = [x, y, n].map((one) => Buffer.from(one ?? '', 'base64url'));
      return {
        id: text(id),
        response: {
          clientDataJSON: text(clientData(challenge, 'webauthn.create', says)),
          authenticatorData: text(Buffer.concat([head(says, 0x45), Buffer.alloc(16), length, id, ...numbers])),
          publicKey: text(publicKey.export({ format: 'der', type: 'spki' })),
          publicKeyAlgorithm: Number(algorithm),
        },
      };
    },
    answer: (challenge: string, says: Says = {}): AssertionResponse => {
      const data = clientData(challenge, 'webauthn.get', says);
      const authenticator = head(says, 0x05);
      const signed = Buffer.concat([authenticator, createHash('sha256').update(data).digest()]);
      return {
        id: text(id),
        response: {
          clientDataJSON: text(data),
          authenticatorData: text(authenticator),
          signature: text(sign(algorithm === '-8' ? null : 'sha256', signed, privateKey)),
        },
      };
    },
  };
}
