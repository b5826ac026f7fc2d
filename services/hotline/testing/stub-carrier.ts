import { randomUUID } from 'node:crypto';
import { signatureOf, whyNotBelieved } from '../telephony/signature.ts';
import { type SimulatedTelephony, simulatedTelephony } from '../telephony/simulated.ts';
import type { CarrierEvent, prompts, Ring } from '../telephony/telephony.ts';

interface Command {
  command: string;
  district: string;
  callId: string;
  attempt: number;
  on: boolean;
}

/** A carrier behind signed HTTP in this process: it does what it is told as the simulated one does, and signs what it tells. */
export function stubCarrier(
  secret: string,
  now: () => Date,
  told: (headers: Record<string, string>, body: string) => Promise<unknown>,
): { send: typeof fetch; simulated: SimulatedTelephony; received: string[]; settled: () => Promise<void> } {
  const simulated = simulatedTelephony(now().getTime());
  const received: string[] = [];
  let district = '';
  let last = Promise.resolve<unknown>(undefined);
  simulated.listen((event: CarrierEvent) => {
    const [id, timestamp] = [randomUUID(), String(Math.floor(now().getTime() / 1000))];
    const body = JSON.stringify({ district, event });
    const headers = {
      'webhook-id': id,
      'webhook-timestamp': timestamp,
      'webhook-signature': signatureOf({ id, timestamp, body }, secret),
    };
    last = last.then(() => told(headers, body));
  });
  const send: typeof fetch = async (_url, init) => {
    const headers = new Headers(init?.headers);
    const [id, timestamp] = [headers.get('webhook-id') ?? '', headers.get('webhook-timestamp') ?? ''];
    const body = String(init?.body);
    if (whyNotBelieved({ id, timestamp, body }, headers.get('webhook-signature') ?? '', secret, now().getTime()))
      return new Response(null, { status: 403 });
    const said = JSON.parse(body) as Command & Ring & { prompt: (typeof prompts)[number] };
    received.push(id);
    district = said.district;
    try {
      if (said.command === 'originate') await simulated.originate(said);
      if (said.command === 'answer') await simulated.answer(said.callId);
      if (said.command === 'bridge') await simulated.bridge(said.callId, said.attempt);
      if (said.command === 'play') await simulated.play(said.callId, said.prompt);
      if (said.command === 'record') await simulated.record(said.callId, said.on);
      if (said.command === 'hang-up') await simulated.hangUp(said.callId, said.attempt);
    } catch {
      return new Response(null, { status: 409 });
    }
    return new Response(null, { status: 204 });
  };
  return {
    ...{ send, simulated, received },
    settled: async () => {
      await last;
    },
  };
}
