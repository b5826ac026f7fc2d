import type { LiveBatch } from '../../services/contracts/live.ts';
import type { Scratch } from './scratch.ts';

/** The stream of the scratch district: the newest figure of each area and formula that it told. */
export async function listenTo({ request }: Scratch): Promise<{
  figure: (areaId: string, formula: string) => number | null | undefined;
  close: () => void;
}> {
  const told = new Map<string, number | null>();
  const ended = new AbortController();
  const answer = await request('/api/stream', { signal: ended.signal });
  if (!answer.ok || !answer.body) throw new Error(`${answer.status} ${await answer.text()}`);
  const read = async (body: ReadableStream<Uint8Array>) => {
    let rest = '';
    for await (const text of body.pipeThrough(new TextDecoderStream())) {
      const messages = `${rest}${text}`.split('\n\n');
      rest = messages.pop()!;
      for (const message of messages) {
        if (!/^event: ?batch$/m.test(message)) continue;
        const { figures } = JSON.parse(/^data: ?(.*)$/m.exec(message)![1]!) as LiveBatch;
        for (const { areaId, formula, value } of figures) told.set(`${areaId} ${formula}`, value);
      }
    }
  };
  const reading = read(answer.body).catch(() => undefined);
  return {
    figure: (areaId, formula) => told.get(`${areaId} ${formula}`),
    close: () => {
      ended.abort();
      void reading;
    },
  };
}
