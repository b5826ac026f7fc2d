import type {
  AssertionResponse,
  CreationOptions,
  RegistrationResponse,
  RequestOptions,
} from '@vungxanh/services/contracts/http/passkeys.ts';
import { fetchJson, send } from '../../api/http.ts';

/** The browser can, and is at a name: passkeys belong to names, never to numbers. */
export const passkeysWork = (): boolean =>
  typeof globalThis.PublicKeyCredential?.parseCreationOptionsFromJSON === 'function' &&
  !/^[\d.]+$|^\[/.test(location.hostname);

/** Makes a passkey on the device and keeps it. @throws HttpProblem 403 the password is another one @throws DOMException the device made none */
export async function makePasskey(name: string, password: string): Promise<void> {
  const options = await fetchJson<CreationOptions>('/api/identity/passkeys/options', {
    method: 'POST',
    json: password ? { password } : {},
  });
  const made = await navigator.credentials.create({
    publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options),
  });
  const { id, response } = (made as PublicKeyCredential).toJSON() as RegistrationResponse;
  await send('/api/identity/passkeys', { method: 'POST', json: { name, id, response } });
}

/** Begins a session by a passkey of the device. @throws HttpProblem 401, 429 @throws DOMException none was chosen */
export async function answerWithPasskey(): Promise<void> {
  const options = await fetchJson<RequestOptions>('/api/identity/sign-in/passkey/options', {
    method: 'POST',
    json: {},
  });
  const chosen = await navigator.credentials.get({
    publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options),
  });
  const { id, response } = (chosen as PublicKeyCredential).toJSON() as AssertionResponse;
  await send('/api/identity/sign-in/passkey', { method: 'POST', json: { id, response } });
}
