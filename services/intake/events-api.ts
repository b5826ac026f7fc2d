import { createRoute, z } from '@hono/zod-openapi';
import { type AreaStatement, statementsWith } from '#contracts/area-register.ts';
import { definitionOf, eventDefinitions } from '#contracts/catalogue.ts';
import { areaRevised } from '#contracts/events/geography/area-revised.ts';
import { problem, problemResponses } from '#contracts/http.ts';
import type { JournalMessage } from '#contracts/new-event.ts';
import { shortened } from '#contracts/shortened.ts';
import type { App } from '#platform/app.ts';
import type { Appended, Appender } from '#platform/append.ts';
import { appendProblem } from '#platform/command.ts';
import { inLanguage, Problem, type WordedError } from '#platform/problem.ts';
import { type DistrictRules, judgeEvent, type Sender } from './accept.ts';
import { contradicted, type JudgeChanges } from './case-judgement.ts';
import { type AskArea, areasOfEntities, entityKey, entityOf } from './entity-areas.ts';
import { batchLimit, readEvents, type SentEvents } from './http-binding.ts';

export interface EventsApi {
  appender: Pick<Appender, 'appendAll'>;
  rules: (district: string) => DistrictRules | undefined;
  /** Resolves when the areas that stand in the journals of districts now are known; left out: they always are. */
  placesRead?: (districts: string[]) => Promise<void>;
  /** What corrections and outcomes contradict of what is known of their cases; left out: nobody is asked. */
  judgeChanges?: JudgeChanges;
  /** In which area an entity lies as it stands; left out: nobody knows, and who is limited to areas changes nothing. */
  askArea?: AskArea;
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
/** Refused whole, before any event was looked at. */
const orProblem = (description: string) => ({
  description,
  content: { 'application/json': { schema: receipt }, 'application/problem+json': { schema: problem } },
});

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
    403: orProblem('none accepted, and none that the sender may say'),
    422: orProblem('none accepted'),
    401: { description: "the token is nobody's", content: { 'application/problem+json': { schema: problem } } },
    ...{ 400: problemResponses[400], 413: problemResponses[413], 503: problemResponses[503] },
    507: {
      description: 'the disk is nearly full: nothing is taken in until there is room',
      content: { 'application/problem+json': { schema: problem } },
    },
  },
});

/** POST /api/events and the catalogue of what can be said there. */
export function addEventRoutes(app: App, api: EventsApi): void {
  // A plain handler under the documented route: the schema above is documentation, each event is judged by its own.
  app.openAPIRegistry.registerPath(postEvents);
  app.post('/api/events', async (context) => {
    const { events, unread } = readEvents(
      context.req.header('content-type') ?? '',
      context.req.raw.headers,
      await context.req.text(),
    );
    const { sender: programme, requestId, caller, traceparent } = context.var;
    const sender = { programme, requestId, caller, traceparent };
    const result = judgeOnly(context.req.query('dryRun'))
      ? (await judgeWithPlaces(events, api, sender, unread)).receipt
      : await takeIn(events, api, sender, unread);
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
export function judgeEvents(
  events: unknown[],
  { rules, now }: Pick<EventsApi, 'rules' | 'now'>,
  sender: Sender,
  unread: NonNullable<SentEvents['unread']> = new Map(),
) {
  const moment = now();
  const rejected: Receipt['rejected'] = [];
  const judged: (JournalMessage | undefined)[] = new Array(events.length);
  const ofDistrict = rulesOfBatch(rules);
  const judge = (index: number): boolean => {
    const accepted = judgeEvent(events[index], ofDistrict.rules, moment, sender);
    if (accepted.ok) {
      judged[index] = accepted.message;
      ofDistrict.heard(accepted.event);
      rememberArea(accepted.event, sender);
      return true;
    }
    faults.set(index, accepted.errors);
    if (accepted.forbidden) forbidden.add(index);
    return false;
  };
  const forbidden = new Set<number>();
  const faults = new Map<number, readonly WordedError[]>(
    [...unread].map(([index, fault]): [number, WordedError[]] => [index, [fault]]),
  );
  // Areas first, whatever their order: what names an area of its own batch names one that is known.
  const isRead = (index: number) => !unread.has(index);
  const all = events.map((_, index) => index).filter(isRead);
  const isArea = (index: number) => (events[index] as { type?: unknown } | null)?.type === areaRevised.type;
  let areas = all.filter(isArea);
  for (let before = -1; areas.length > 0 && areas.length !== before; ) {
    before = areas.length;
    areas = areas.filter((index) => !judge(index));
  }
  for (const index of all) if (!isArea(index)) judge(index);
  const messages: JournalMessage[] = [];
  /** Place in the batch of each message. */
  const indexes: number[] = [];
  for (let index = 0; index < events.length; index++) {
    const message = judged[index];
    if (message) {
      messages.push(message);
      indexes.push(index);
    } else rejected.push(...rejections(index, events[index], faults.get(index)!, forbidden.has(index) || undefined));
  }
  const receipt: Receipt = { accepted: messages.length, duplicates: 0, rejected, throughSequence: 0 };
  return { receipt, messages, indexes };
}

/** What comes later in the batch speaks of what is born in it. */
function rememberArea(
  event: { type: string; district: string; data: Record<string, unknown> },
  { entityAreas }: Sender,
): void {
  const { areaId } = event.data;
  const definition = entityAreas && typeof areaId === 'string' ? definitionOf(event.type) : undefined;
  const entity = definition?.point?.born ? entityOf(definition, event) : undefined;
  if (entity && !entityAreas!.has(entityKey(entity))) entityAreas!.set(entityKey(entity), areaId as string);
}

/** The rules of each district, with the areas that the batch itself brings. */
function rulesOfBatch(rules: EventsApi['rules']) {
  const known = new Map<string, DistrictRules | undefined>();
  const own = new Map<string, Map<string, readonly AreaStatement[]>>();
  return {
    rules: (district: string) => {
      if (!known.has(district)) known.set(district, rules(district));
      return known.get(district);
    },
    heard: ({ type, district, data }: { type: string; district: string; data: Record<string, unknown> }) => {
      const of = type === areaRevised.type ? known.get(district) : undefined;
      if (!of?.places) return;
      const areas = own.get(district) ?? new Map(of.places.areas);
      own.set(district, areas);
      const said = areaRevised.schema.parse(data);
      areas.set(said.areaId, statementsWith(areas.get(said.areaId) ?? [], said));
      known.set(district, { ...of, places: { ...of.places, areas } });
    },
  };
}

/**
 * Judged by all that the centre knows. A rejection may be of an area that the journal has had for a moment, and the door has not read: then it is read, and all is
 * judged again. What was taken of cases that are known is held to their days.
 */
export async function judgeWithPlaces(
  events: unknown[],
  api: Pick<EventsApi, 'rules' | 'placesRead' | 'judgeChanges' | 'askArea' | 'now'>,
  by: Sender,
  unread: NonNullable<SentEvents['unread']> = new Map(),
) {
  const sender = { ...by, entityAreas: await areasOfEntities(events, by.caller, api.askArea) };
  const judged = await judgeWithAreas(events, api, sender, unread);
  if (!api.judgeChanges) return judged;
  const faults = await contradicted(judged, (index) => (events[index] as { type?: unknown }).type, api.judgeChanges);
  if (faults.size === 0) return judged;
  const stays = (_: unknown, place: number) => !faults.has(judged.indexes[place]!);
  const messages = judged.messages.filter(stays);
  const rejected = [
    ...judged.receipt.rejected,
    ...[...faults].flatMap(([index, errors]) => rejections(index, events[index], errors)),
  ].sort((a, b) => a.index - b.index);
  return {
    receipt: { ...judged.receipt, accepted: messages.length, rejected },
    messages,
    indexes: judged.indexes.filter(stays),
  };
}

async function judgeWithAreas(
  events: unknown[],
  { rules, placesRead, now }: Pick<EventsApi, 'rules' | 'placesRead' | 'now'>,
  sender: Sender,
  unread: NonNullable<SentEvents['unread']>,
) {
  const judged = judgeEvents(events, { rules, now }, sender, unread);
  const unplaced = judged.receipt.rejected.filter(({ field }) => /\b(?:areaId|parentId)$/.test(field));
  if (!placesRead || unplaced.length === 0) return judged;
  const districtOf = (event: unknown) => String((event as { district?: unknown }).district);
  await placesRead([...new Set(unplaced.map(({ index }) => districtOf(events[index])))]);
  return judgeEvents(events, { rules, now }, sender, unread);
}

/** Judges, journals and counts. Throws a 503 Problem when the journal did not acknowledge, 507 when its disk is full: the caller sends the same batch again. */
export async function takeIn(
  events: unknown[],
  { appender, ...api }: EventsApi,
  sender: Sender,
  unread: NonNullable<SentEvents['unread']> = new Map(),
): Promise<Receipt> {
  const {
    receipt: { rejected },
    messages,
    indexes,
  } = await judgeWithPlaces(events, api, sender, unread);
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
  if (lost) throw appendProblem(lost, { accepted, notAcknowledged: messages.length - accepted });
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
    ...(typeof id === 'string' ? { id: shortened(id, 128) } : {}),
    ...inLanguage(error, 'en'),
    ...(error.words ? { reasonVi: error.words.vi } : {}),
    ...(forbidden ? { forbidden } : {}),
  }));
}
