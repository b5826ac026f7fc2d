import { z } from '@hono/zod-openapi';

const base64url = z
  .string()
  .regex(/^[A-Za-z0-9_-]+$/)
  .max(8000);

/** What browsers make of a new passkey (`PublicKeyCredential.toJSON`). Source: Web Authentication Level 3, 5.1.8 `RegistrationResponseJSON`. */
export const registrationResponse = z.object({
  id: base64url,
  response: z.object({
    clientDataJSON: base64url,
    authenticatorData: base64url,
    publicKey: base64url,
    publicKeyAlgorithm: z.number().int(),
  }),
});
export type RegistrationResponse = z.infer<typeof registrationResponse>;

/** What browsers answer with one. Source: the same, `AuthenticationResponseJSON`. */
export const assertionResponse = z.object({
  id: base64url,
  response: z.object({
    clientDataJSON: base64url,
    authenticatorData: base64url,
    signature: base64url,
    userHandle: base64url.optional(),
  }),
});
export type AssertionResponse = z.infer<typeof assertionResponse>;

/** For `PublicKeyCredential.parseCreationOptionsFromJSON`. */
export const creationOptions = z.object({
  challenge: z.string(),
  rp: z.object({ id: z.string(), name: z.string() }),
  user: z.object({ id: z.string(), name: z.string(), displayName: z.string() }),
  pubKeyCredParams: z.array(z.object({ type: z.literal('public-key'), alg: z.number().int() })),
  excludeCredentials: z.array(z.object({ type: z.literal('public-key'), id: z.string() })),
  authenticatorSelection: z.object({ residentKey: z.literal('required'), userVerification: z.literal('required') }),
  attestation: z.literal('none'),
  timeout: z.number().int().openapi({ description: 'milliseconds' }),
});
export type CreationOptions = z.infer<typeof creationOptions>;

/** For `PublicKeyCredential.parseRequestOptionsFromJSON`. */
export const requestOptions = z.object({
  challenge: z.string(),
  rpId: z.string(),
  userVerification: z.literal('required'),
  timeout: z.number().int().openapi({ description: 'milliseconds' }),
});
export type RequestOptions = z.infer<typeof requestOptions>;

export const newPasskey = registrationResponse.extend({ name: z.string().trim().min(1).max(80) });
export const passkeyRow = z
  .object({ id: z.string(), name: z.string(), madeAt: z.string(), lastUsedAt: z.string().nullable() })
  .openapi('Passkey');
export type PasskeyRow = z.infer<typeof passkeyRow>;
