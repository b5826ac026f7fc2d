import { createRoute, z } from '@hono/zod-openapi';
import { eventDefinitions } from '#contracts/catalogue.ts';
import { problem, problemResponses } from '#contracts/http.ts';
import type { JournalMessage } from '#contracts/new-event.ts';
import type { App } from '#platform/app.ts';
import type { Appended, Appender } from '#platform/append.ts';
import { appendProblem } from '#platform/command.ts';
import { inLanguage, Problem, type WordedError } from '#platform/problem.ts';
import { type DistrictRules, judgeEvent, type Sender } from './accept.ts';
import { batchLimit, readEvents } from './http-binding.ts';

export interface EventsApi {
  appender: Pick<Appender, 'appendAll'>;
  rules: (district: string) => DistrictRules | undefined;
  now: () => Date;
}

const rejection = z.object({
  index: z.number().int().openapi({ description: 'place in the batch, from 0' }),
  id: z.string().optional(),
  field: z.string(),
  value: z.unknown().optional(),
  reason: z.string(),
  reasonVi: z.string().optional().openapi({ description: 'the reason in Vietnamese' }),
  forbidden: z
    .literal(true)
    .optional()
    .openapi({ description: 'nothing is wrong with the event: the sender may not say it' }),
});

const receipt = z
  .object({
    accepted: z.number().int().openapi({ description: 'durable in the journal now' }),
    duplicates: z.number().int().openapi({
      description:
        'of the accepted: the broker had taken them within the last two minutes, and wrote no second copy. Of earlier ones it does not know: 0 does not say that they are new',
    }),
    rejected: z.array(rejection),
    throughSequence: z
      .number()
      .int()
      .openapi({ description: 'highest journal sequence of the accepted; 0: nothing was journalled' }),
  })
  .openapi('EventsReceipt');
type Receipt = z.infer<typeof receipt>;

const answer = (description: string) => ({ description, content: { 'application/json': { schema: receipt } } });

const postEvents = createRoute({
  method: 'post',
  path: '/api/events',
  summary: 'Take in CloudEvents: one, or a batch',
  description: `CloudEvents 1.0: structured, binary, or batched (up to ${batchLimit}). Each accepted event is on disk in the journal when the answer
arrives; each rejected one is named with field and reason. Sending the same events again changes nothing. With \`dryRun=true\` nothing is journalled: the answer is what it would be. The centre writes who said an event (authtype,
authid) and by which request (correlationid): a programme proves itself by its secret in \`authorization: Bearer …\`, anybody else is a feed. What the
sender may not say (saidBy in the catalogue) is rejected.`,
  request: {
    query: z.object({
      dryRun: z
        .enum(['true', 'false'])
        .optional()
        .openapi({ description: 'true: judged like any other, and not journalled' }),
    }),
    body: {
      required: true,
      content: {
        'application/cloudevents+json': { schema: z.record(z.string(), z.unknown()) },
        'application/cloudevents-batch+json': { schema: z.array(z.record(z.string(), z.unknown())) },
      },
    },
  },
  responses: {
    201: answer('all accepted'),
    207: answer('some accepted, some rejected'),
    403: answer('none accepted, and none that the sender may say'),
    422: answer('none accepted'),
    401: { description: "the token is nobody's", content: { 'application/problem+json': { schema: problem } } },
    ...{ 503: problemResponses[503] },
  },
});

/** POST /api/events and the catalogue of what can be said there. */
export function addEventRoutes(app: App, { appender, rules, now }: EventsApi): void {
  // A plain handler under the documented route: the schema above is documentation, each event is judged by its own.
  app.openAPIRegistry.registerPath(postEvents);
  app.post('/api/events', async (context) => {
    const { events } = readEvents(
      context.req.header('content-type') ?? '',
      context.req.raw.headers,
      await context.req.text(),
    );
    const { sender: programme, requestId, caller } = context.var;
    const sender = { programme, requestId, caller };
    const result = judgeOnly(context.req.query('dryRun'))
      ? judgeEvents(events, { rules, now }, sender).receipt
      : await takeIn(events, { appender, rules, now }, sender);
    return context.json(result, statusOf(result));
  });

  app.get('/api/events/catalogue', (context) =>
    context.json(
      eventDefinitions().map((definition) => ({
        type: definition.type,
        subject: `vx.<district>.${definition.service}.${definition.noun}.<key>`,
        dataClass: definition.dataClass,
        action: definition.action,
        saidBy: definition.publishedBy,
        heardBy: definition.consumedBy,
        schema: z.toJSONSchema(definition.schema as z.ZodType, { io: 'input', unrepresentable: 'any' }),
      })),
    ),
  );
}

function statusOf({ accepted, rejected }: Receipt): 201 | 207 | 403 | 422 {
  if (rejected.length === 0) return 201;
  if (accepted > 0) return 207;
  return rejected.every(({ forbidden }) => forbidden) ? 403 : 422;
}

function judgeOnly(dryRun: string | undefined): boolean {
  if (dryRun === undefined || dryRun === 'false') return false;
  if (dryRun === 'true') return true;
  throw new Problem(422, 'The request does not fit', {
    errors: [{ field: 'query.dryRun', value: dryRun, reason: 'true or false' }],
  });
}

/** What the door would answer, now, if the events were sent; nothing is journalled. The receipt counts what would be accepted. */
export function judgeEvents(events: unknown[], { rules, now }: Pick<EventsApi, 'rules' | 'now'>, sender: Sender) {
  const moment = now();
  const rejected: Receipt['rejected'] = [];
  const messages: JournalMessage[] = [];
  /** Place in the batch of each message. */
  const indexes: number[] = [];
  for (let index = 0; index < events.length; index++) {
    const accepted = judgeEvent(events[index], rules, moment, sender);
    if (accepted.ok) {
      messages.push(accepted.message);
      indexes.push(index);
    } else rejected.push(...rejections(index, events[index], accepted.errors, accepted.forbidden));
  }
  const receipt: Receipt = { accepted: messages.length, duplicates: 0, rejected, throughSequence: 0 };
  return { receipt, messages, indexes };
}

/** Judges, journals and counts. Throws a 503 Problem when the journal did not acknowledge: the caller sends the same batch again. */
export async function takeIn(events: unknown[], { appender, rules, now }: EventsApi, sender: Sender): Promise<Receipt> {
  const {
    receipt: { rejected },
    messages,
    indexes,
  } = judgeEvents(events, { rules, now }, sender);
  const results = await appender.appendAll(messages);
  let accepted = 0;
  let duplicates = 0;
  let throughSequence = 0;
  let lost: Extract<Appended, { ok: false }> | undefined;
  results.forEach((result, place) => {
    if (result.ok) {
      accepted++;
      if (result.duplicate) duplicates++;
      if (result.sequence > throughSequence) throughSequence = result.sequence;
    } else if (result.reason === 'refused' || result.reason === 'not-permitted')
      rejected.push(
        ...rejections(indexes[place]!, events[indexes[place]!], [{ field: '(whole)', reason: result.detail }]),
      );
    else lost = result;
  });
  if (lost) {
    const { title, message, headers } = appendProblem(lost);
    throw new Problem(503, title, {
      detail: message,
      headers,
      extensions: { accepted, notAcknowledged: messages.length - accepted },
    });
  }
  rejected.sort((a, b) => a.index - b.index);
  return { accepted, duplicates, rejected, throughSequence };
}

function rejections(
  index: number,
  event: unknown,
  errors: readonly WordedError[],
  forbidden?: true,
): Receipt['rejected'] {
  const id = (event as { id?: unknown } | null)?.id;
  return errors.map((error) => ({
    index,
    ...(typeof id === 'string' ? { id } : {}),
    ...inLanguage(error, 'en'),
    ...(error.words ? { reasonVi: error.words.vi } : {}),
    ...(forbidden ? { forbidden } : {}),
  }));
}
