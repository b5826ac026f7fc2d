import { listenTo } from './listen.ts';
import { settled } from './scratch.ts';
import { type TruthCase, totalOf } from './telling.ts';

const hourMs = 3_600_000;
const ago = (ms: number) => new Date(Date.now() - ms).toISOString();

export const clockCases: readonly TruthCase[] = [
  {
    number: 'N17',
    what: 'a deadline that passes while nothing is said is told by the stream, which then says what the figures say',
    right: { before: 0, told: 1, read: 1 },
    ask: async (scratch) => {
      const post = async (path: string, body: object) => {
        const answer = await scratch.request(`/api/urban-order/violations${path}`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(body),
        });
        if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`);
      };
      const stream = await listenTo(scratch);
      try {
        // The order to stop works is due 24 hours after the minutes: in a few seconds.
        const minuted = 24 * hourMs - 20_000;
        await post('', {
          violationId: 'due',
          kind: 'without-permit',
          occurredAt: ago(30 * hourMs),
          location: { lon: 106.705, lat: 10.725 },
        });
        await settled(() => totalOf(scratch, '/api/urban-order/violations'), 1);
        const minutedAt = ago(minuted);
        await post('/due/verify', { occurredAt: ago(26 * hourMs) });
        await settled(() => totalOf(scratch, '/api/urban-order/violations', { status: 'verified' }), 1);
        await post('/due/minute', { occurredAt: minutedAt });
        await settled(() => totalOf(scratch, '/api/urban-order/violations', { status: 'minuted' }), 1);
        const overdue = async () => (await scratch.figures('urban-order')).get('a1 violations-overdue')?.value ?? null;
        const before = await overdue();
        const told = await settled(async () => stream.figure('a1', 'violations-overdue'), 1);
        return { before, told, read: await overdue() };
      } finally {
        stream.close();
      }
    },
  },
];
