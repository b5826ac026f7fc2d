import { signatureOf } from './signature.ts';
import { type CarrierEvent, type Telephony, TelephonyError } from './telephony.ts';

export interface WebhookOptions {
  /** Where the carrier takes commands. */
  url: string;
  secret: string;
  /** On every command: whose call it is. */
  district: string;
  now: () => Date;
  send?: typeof fetch;
}

/** How long a carrier may take to answer, milliseconds. */
const patienceMs = 5000;

/** Heard from the carrier's signed requests (api/carrier.ts). */
export interface WebhookTelephony extends Telephony {
  heard(event: CarrierEvent): void;
}

/**
 * A carrier that takes commands by signed HTTP and tells what came of them in the same way (signature.ts). The number of a command follows from what it says: said again after an error, it is the same
 * one. The field names are ours and not verified: a CPaaS (Stringee and its like) stands behind a translator.
 */
export function webhookTelephony({ url, secret, district, now, send = fetch }: WebhookOptions): WebhookTelephony {
  const hearers = new Set<(event: CarrierEvent) => void>();
  async function command(id: string, said: object): Promise<void> {
    const body = JSON.stringify({ district, ...said });
    const timestamp = String(Math.floor(now().getTime() / 1000));
    let response: Response;
    try {
      response = await send(url, {
        method: 'POST',
        body,
        headers: {
          'content-type': 'application/json',
          'webhook-id': id,
          'webhook-timestamp': timestamp,
          'webhook-signature': signatureOf({ id, timestamp, body }, secret),
        },
        signal: AbortSignal.timeout(patienceMs),
        redirect: 'error',
      });
    } catch (error) {
      throw new TelephonyError(`the carrier does not answer: ${(error as Error).message}`, { cause: error });
    }
    if (!response.ok) throw new TelephonyError(`the carrier answered ${response.status}`);
  }
  return {
    originate: (ring) => command(`${ring.callId}.${ring.attempt}.originate`, { command: 'originate', ...ring }),
    answer: (callId) => command(`${callId}.answer`, { command: 'answer', callId }),
    bridge: (callId, attempt) => command(`${callId}.${attempt}.bridge`, { command: 'bridge', callId, attempt }),
    play: (callId, prompt) => command(`${callId}.play.${prompt}`, { command: 'play', callId, prompt }),
    record: (callId, on) => command(`${callId}.record.${on ? 'on' : 'off'}`, { command: 'record', callId, on }),
    hangUp: (callId, attempt) =>
      command(`${callId}.${attempt ?? 'all'}.hang-up`, {
        command: 'hang-up',
        callId,
        ...(attempt === undefined ? {} : { attempt }),
      }),
    listen: (hear) => {
      hearers.add(hear);
      return () => hearers.delete(hear);
    },
    heard: (event) => {
      for (const hear of hearers) hear(event);
    },
    health: () =>
      command('health', { command: 'health' }).then(
        () => 'ready',
        (error: Error) => error.message,
      ),
  };
}
