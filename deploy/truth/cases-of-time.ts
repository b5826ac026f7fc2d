import { listenTo } from './listen.ts';
import { type Scratch, settled } from './scratch.ts';
import { type TruthCase, totalOf } from './telling.ts';

const hourMs = 3_600_000;
const ago = (ms: number) => new Date(Date.now() - ms).toISOString();

/** A command on violations of the scratch district. @throws Error with the answer, when it is refused */
async function violation(scratch: Scratch, path: string, body: object): Promise<void> {
  const answer = await scratch.request(`/api/urban-order/violations${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`);
}

const detail = (scratch: Scratch, id: string) =>
  scratch.get<Record<string, unknown>>(`/api/urban-order/violations/${id}`);

const statusOf = (scratch: Scratch, id: string, wanted: string) =>
  settled(async () => (await detail(scratch, id).catch(() => ({ status: null }))).status, wanted);

/** Reported, verified and minuted, each row seen before the next step. */
async function toMinutes(scratch: Scratch, violationId: string, kind: string, minutes: object, occurredAt?: string) {
  await violation(scratch, '', {
    violationId,
    kind,
    occurredAt: occurredAt ?? ago(2 * hourMs),
    location: { lon: 106.705, lat: 10.725 },
  });
  await statusOf(scratch, violationId, 'reported');
  await violation(scratch, `/${violationId}/verify`, {});
  await statusOf(scratch, violationId, 'verified');
  await violation(scratch, `/${violationId}/minute`, minutes);
  await statusOf(scratch, violationId, 'minuted');
}

export const clockCases: readonly TruthCase[] = [
  {
    number: 'N13',
    what: 'the 48 hours run from when the centre was told; a breach of five days ago that is reported now is not late',
    right: { overdue: false, dueInHours: 48, rule: 'report-48h' },
    ask: async (scratch) => {
      await violation(scratch, '', {
        violationId: 'late-told',
        kind: 'without-permit',
        occurredAt: ago(5 * 24 * hourMs),
        location: { lon: 106.705, lat: 10.725 },
      });
      const right = { overdue: false, dueInHours: 48, rule: 'report-48h' };
      return settled(async () => {
        const { overdue, dueAt, dueRule, receivedAt } = await detail(scratch, 'late-told');
        return {
          overdue,
          dueInHours: (Date.parse(String(dueAt)) - Date.parse(String(receivedAt))) / hourMs,
          rule: dueRule,
        };
      }, right);
    },
  },
  {
    number: 'N14',
    what: 'a finished house is decided without a suspension, and is carried out in ten days; the term to bring a permit is for works that go on, of kinds that allow it',
    right: { finished: ['decide', 'execution-10d'], going: ['suspend', 'remedy-16-30d'], canal: 'execution-10d' },
    ask: async (scratch) => {
      const walk = async (violationId: string, kind: string, works: string) => {
        await toMinutes(scratch, violationId, kind, { works });
        const { lawfulSteps } = await detail(scratch, violationId);
        if (works === 'in-progress') {
          await violation(scratch, `/${violationId}/suspend`, {});
          await statusOf(scratch, violationId, 'suspended');
        }
        await violation(scratch, `/${violationId}/decide`, {});
        await statusOf(scratch, violationId, 'decided');
        return [(lawfulSteps as string[])[0], (await detail(scratch, violationId)).dueRule];
      };
      return {
        finished: await walk('house', 'without-permit', 'finished'),
        going: await walk('works', 'without-permit', 'in-progress'),
        canal: (await walk('canal', 'canal-filling', 'in-progress'))[1],
      };
    },
  },
  {
    number: 'N15',
    what: 'terms are those of the law on the day of the breach, in working days since 2022; the fine before stood in Article 15',
    right: { since: 'decision-7wd', before: 'decision-7d', articles: ['15'] },
    ask: async (scratch) => {
      const rule = async (violationId: string, occurredAt: string) => {
        await toMinutes(scratch, violationId, 'without-permit', { works: 'finished' }, occurredAt);
        return (await detail(scratch, violationId)).dueRule;
      };
      const { kinds } = await scratch.get<{ kinds: { decrees: { decree: string; article?: string }[] }[] }>(
        '/api/urban-order/kinds',
      );
      const articles = kinds.flatMap(({ decrees }) =>
        decrees.filter(({ decree }) => decree.startsWith('139')).map(({ article }) => article),
      );
      return {
        since: await rule('new', '2022-01-01T00:00:00+07:00'),
        before: await rule('old', '2021-12-31T23:59:59+07:00'),
        articles: [...new Set(articles)],
      };
    },
  },
  {
    number: 'N16',
    what: 'a ward does not decide a fine of 900 million, and there is no district since 2025-07-01: refused with the article',
    right: { ward: [422, true], district: [422, true], city: 200 },
    ask: async (scratch) => {
      await toMinutes(scratch, 'fined', 'sanitation', {});
      const decide = (body: object) =>
        scratch.request('/api/urban-order/violations/fined/decide', {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(body),
        });
      const refused = async (body: object) => {
        const answer = await decide(body);
        return [answer.status, (await answer.text()).includes('189/2025')];
      };
      return {
        ward: await refused({ authority: 'ward', fineVnd: 900_000_000 }),
        district: await refused({ authority: 'district', fineVnd: 1_000_000 }),
        city: (await decide({ authority: 'city', fineVnd: 900_000_000 })).status,
      };
    },
  },
  {
    number: 'N17',
    what: 'a deadline that passes while nothing is said is told by the stream, which then says what the figures say',
    right: { before: 0, told: 1, read: 1 },
    ask: async (scratch) => {
      const stream = await listenTo(scratch);
      try {
        // The order to stop works is due 24 hours after the minutes: in a few seconds.
        const minuted = 24 * hourMs - 20_000;
        await violation(scratch, '', {
          violationId: 'due',
          kind: 'without-permit',
          occurredAt: ago(30 * hourMs),
          location: { lon: 106.705, lat: 10.725 },
        });
        await settled(() => totalOf(scratch, '/api/urban-order/violations'), 1);
        const minutedAt = ago(minuted);
        await violation(scratch, '/due/verify', { occurredAt: ago(26 * hourMs) });
        await settled(() => totalOf(scratch, '/api/urban-order/violations', { status: 'verified' }), 1);
        await violation(scratch, '/due/minute', { occurredAt: minutedAt });
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
