import { createHash } from 'node:crypto';
import { z } from '@hono/zod-openapi';
import { createRemoteJWKSet, errors, type JWTPayload, jwtVerify } from 'jose';
import { type ProviderSettings, safeAddress } from './provider-settings.ts';

// OpenID Connect Core 1.0: the authorization code flow (3.1) with PKCE (RFC 7636), as RFC 9700 asks for it.

/** What a provider says of itself. Source: OpenID Connect Discovery 1.0, 3. */
const metadata = z.object({
  issuer: z.string(),
  authorization_endpoint: safeAddress,
  token_endpoint: safeAddress,
  jwks_uri: safeAddress,
  token_endpoint_auth_methods_supported: z.array(z.string()).default(['client_secret_basic']),
  authorization_response_iss_parameter_supported: z.boolean().default(false),
});
type Metadata = z.infer<typeof metadata>;

/** Only signatures whose key the provider alone holds: never `none`, never a secret that we know too. */
const signatures = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
  'Ed25519',
];
const answerMs = 5000;
const metadataMs = 3600_000;
const clockToleranceSeconds = 60;

/** What is kept between the two halves of a sign-in. */
export interface Begun {
  verifier: string;
  nonce: string;
  redirectUri: string;
}

/** Who signed in at the provider. */
export interface Claimed {
  subject: string;
  name?: string | undefined;
  email?: string | undefined;
  emailVerified: boolean;
  /** Values of the claim that roles are read from. */
  values: string[];
  /** More than a password was shown there. */
  strong: boolean;
}

/** The provider does not answer, or not as one. */
export class ProviderAway extends Error {}
/** What came back is not taken: why, for the log and tests. */
export class NotTaken extends Error {}

export interface Provider {
  settings: ProviderSettings;
  /** Where the browser is sent. @throws ProviderAway */
  address: (begun: Begun, state: string) => Promise<string>;
  /** Who comes back with a code. @param issuer what the answer says of who sent it (RFC 9207) @throws NotTaken, ProviderAway */
  claimed: (code: string, begun: Begun, issuer: string | undefined) => Promise<Claimed>;
}

/** @param now milliseconds since 1970 */
export function openProvider(settings: ProviderSettings, now: () => number): Provider {
  let known: { metadata: Metadata; keys: ReturnType<typeof createRemoteJWKSet>; at: number } | undefined;
  const discover = async () => {
    if (known && now() - known.at < metadataMs) return known;
    const answer = await ask(`${settings.issuer.replace(/\/$/, '')}/.well-known/openid-configuration`);
    const read = metadata.safeParse(answer.ok ? await answer.json().catch(() => undefined) : undefined);
    if (!read.success) throw new ProviderAway('the provider does not say what it is');
    // Discovery 4.3: another issuer's word is not taken.
    if (read.data.issuer !== settings.issuer) throw new ProviderAway(`it calls itself ${read.data.issuer}`);
    const keys = createRemoteJWKSet(new URL(read.data.jwks_uri), { timeoutDuration: answerMs });
    known = { metadata: read.data, keys, at: now() };
    return known;
  };

  return {
    settings,
    address: async ({ verifier, nonce, redirectUri }, state) => {
      const { metadata: said } = await discover();
      const address = new URL(said.authorization_endpoint);
      for (const [name, value] of Object.entries({
        response_type: 'code',
        client_id: settings.clientId,
        redirect_uri: redirectUri,
        scope: [...new Set(['openid', ...settings.scopes])].join(' '),
        state,
        nonce,
        code_challenge: createHash('sha256').update(verifier).digest('base64url'),
        code_challenge_method: 'S256',
      }))
        address.searchParams.set(name, value);
      return address.href;
    },
    claimed: async (code, { verifier, nonce, redirectUri }, issuer) => {
      const { metadata: said, keys } = await discover();
      if (issuer === undefined ? said.authorization_response_iss_parameter_supported : issuer !== settings.issuer)
        throw new NotTaken('another issuer answers');
      const idToken = await exchange(settings, said, { code, verifier, redirectUri });
      let payload: JWTPayload;
      try {
        ({ payload } = await jwtVerify(idToken, keys, {
          issuer: settings.issuer,
          audience: settings.clientId,
          algorithms: signatures,
          requiredClaims: ['sub', 'exp', 'iat', 'nonce'],
          clockTolerance: clockToleranceSeconds,
          currentDate: new Date(now()),
        }));
      } catch (error) {
        if (error instanceof errors.JWKSTimeout) throw new ProviderAway('its keys do not come');
        throw new NotTaken(error instanceof errors.JOSEError ? error.code : (error as Error).message);
      }
      if (payload.nonce !== nonce) throw new NotTaken('nonce');
      // Core 3.1.3.7: a token for several has to name us as who asked.
      if ((Array.isArray(payload.aud) && payload.aud.length > 1) || payload.azp !== undefined)
        if (payload.azp !== settings.clientId) throw new NotTaken('azp');
      return claimedBy(payload, settings);
    },
  };
}

/** What an ID token says of somebody. Pure. */
function claimedBy(payload: JWTPayload, { claim, strongMethods }: ProviderSettings): Claimed {
  const text = (value: unknown) => (typeof value === 'string' && value.length <= 200 ? value : undefined);
  const list = (value: unknown) =>
    (Array.isArray(value) ? value : [value]).filter((one): one is string => typeof one === 'string');
  if (!payload.sub || payload.sub.length > 255) throw new NotTaken('subject');
  return {
    subject: payload.sub,
    name: text(payload.name),
    email: text(payload.email),
    // A text "true" is not enough: only the provider's own yes.
    emailVerified: payload.email_verified === true,
    values: list(payload[claim]),
    strong: list(payload.amr).some((method) => strongMethods.includes(method)),
  };
}

/** The ID token of a code. */
async function exchange(
  { clientId, clientSecret }: ProviderSettings,
  { token_endpoint, token_endpoint_auth_methods_supported: methods }: Metadata,
  { code, verifier, redirectUri }: { code: string; verifier: string; redirectUri: string },
): Promise<string> {
  const form = new URLSearchParams({
    grant_type: 'authorization_code',
    code,
    redirect_uri: redirectUri,
    code_verifier: verifier,
  });
  const headers: Record<string, string> = { 'content-type': 'application/x-www-form-urlencoded' };
  if (clientSecret === undefined) form.set('client_id', clientId);
  else if (methods.includes('client_secret_basic')) {
    // RFC 6749, 2.3.1: both are form-encoded first.
    const pair = [clientId, clientSecret].map((one) => new URLSearchParams({ a: one }).toString().slice(2));
    headers.authorization = `Basic ${Buffer.from(pair.join(':')).toString('base64')}`;
  } else {
    form.set('client_id', clientId);
    form.set('client_secret', clientSecret);
  }
  const answer = await ask(token_endpoint, { method: 'POST', headers, body: form });
  if (answer.status >= 500) throw new ProviderAway(`token endpoint ${answer.status}`);
  const said = (await answer.json().catch(() => ({}))) as { id_token?: unknown; error?: unknown };
  if (!answer.ok || typeof said.id_token !== 'string')
    throw new NotTaken(`code: ${String(said.error ?? answer.status)}`);
  return said.id_token;
}

/** A redirect could lead anywhere: none is followed. */
async function ask(address: string, init: RequestInit = {}): Promise<Response> {
  try {
    return await fetch(address, { ...init, redirect: 'error', signal: AbortSignal.timeout(answerMs) });
  } catch (error) {
    throw new ProviderAway((error as Error).message);
  }
}
