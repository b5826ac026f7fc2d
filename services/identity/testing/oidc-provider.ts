import { createHash, randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';

/** How one sign-in at the provider goes otherwise than it should. */
export interface Otherwise {
  /** Over the claims of the ID token. */
  claims?: JWTPayload & Record<string, unknown>;
  /** Signed by a key that the provider does not show. */
  foreignKey?: boolean;
  /** Signed by the client's own secret, which is no proof. */
  symmetric?: boolean;
  /** Not signed at all. */
  unsigned?: boolean;
  expiredSecondsAgo?: number;
}

/**
 * A small OpenID provider on loopback: discovery, codes that are good once, PKCE, a client secret, ID tokens. `now` in milliseconds is the clock of its tokens.
 */
export async function openOidcProvider(now: () => number) {
  const clientId = 'vung-xanh';
  const clientSecret = 'the client’s secret:+/ %';
  const keys = await generateKeyPair('ES256');
  const foreign = await generateKeyPair('ES256');
  const codes = new Map<
    string,
    { challenge: string; redirectUri: string; nonce: string; person: Record<string, unknown>; otherwise: Otherwise }
  >();
  let issuer = '';
  let calledItself: string | undefined;
  const asked: string[] = [];

  async function idToken(nonce: string, person: Record<string, unknown>, otherwise: Otherwise): Promise<string> {
    const second = Math.floor(now() / 1000);
    const claims = {
      iss: issuer,
      aud: clientId,
      iat: second,
      exp: second + 300 - (otherwise.expiredSecondsAgo === undefined ? 0 : 300 + otherwise.expiredSecondsAgo),
      nonce,
      ...person,
      ...otherwise.claims,
    };
    if (otherwise.unsigned) {
      const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
      return `${part({ alg: 'none' })}.${part(claims)}.`;
    }
    const token = new SignJWT(claims);
    if (otherwise.symmetric)
      return token.setProtectedHeader({ alg: 'HS256' }).sign(new TextEncoder().encode(clientSecret.padEnd(32)));
    const { privateKey } = otherwise.foreignKey ? foreign : keys;
    return token.setProtectedHeader({ alg: 'ES256', kid: 'one' }).sign(privateKey);
  }

  const server = createServer(async (request, response) => {
    const send = (status: number, body: unknown) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    asked.push(`${request.method} ${request.url}`);
    if (request.url === '/.well-known/openid-configuration')
      return send(200, {
        issuer: calledItself ?? issuer,
        authorization_endpoint: `${issuer}/authorize`,
        token_endpoint: `${issuer}/token`,
        jwks_uri: `${issuer}/keys`,
      });
    if (request.url === '/keys')
      return send(200, { keys: [{ ...(await exportJWK(keys.publicKey)), kid: 'one', alg: 'ES256' }] });
    if (request.url !== '/token') return send(404, {});
    let text = '';
    for await (const chunk of request) text += chunk;
    const form = new URLSearchParams(text);
    const [id, secret] = Buffer.from((request.headers.authorization ?? '').replace('Basic ', ''), 'base64')
      .toString()
      .split(':');
    const plain = (one = '') => new URLSearchParams(`a=${one}`).get('a');
    if (plain(id) !== clientId || plain(secret) !== clientSecret) return send(401, { error: 'invalid_client' });
    const code = codes.get(form.get('code') ?? '');
    codes.delete(form.get('code') ?? '');
    const verifier = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url');
    if (!code || code.challenge !== verifier || code.redirectUri !== form.get('redirect_uri'))
      return send(400, { error: 'invalid_grant' });
    send(200, {
      token_type: 'Bearer',
      access_token: 'unused',
      id_token: await idToken(code.nonce, code.person, code.otherwise),
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  return {
    issuer,
    clientId,
    clientSecret,
    asked,
    callItself: (name: string | undefined) => {
      calledItself = name;
    },
    /** Somebody signs in at the provider with the address that a browser was sent to. @returns where the provider sends it back to */
    authorise: (address: string, person: Record<string, unknown>, otherwise: Otherwise = {}): URL => {
      const { searchParams } = new URL(address);
      const value = (name: string) => searchParams.get(name) ?? '';
      if (
        value('response_type') !== 'code' ||
        value('client_id') !== clientId ||
        value('code_challenge_method') !== 'S256'
      )
        throw new Error(`not a request of the code flow with PKCE: ${address}`);
      const code = randomUUID();
      codes.set(code, {
        challenge: value('code_challenge'),
        redirectUri: value('redirect_uri'),
        nonce: value('nonce'),
        person,
        otherwise,
      });
      const back = new URL(value('redirect_uri'));
      back.searchParams.set('code', code);
      back.searchParams.set('state', value('state'));
      return back;
    },
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

export type TestOidcProvider = Awaited<ReturnType<typeof openOidcProvider>>;
