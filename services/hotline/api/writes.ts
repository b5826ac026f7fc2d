import { createRoute, z } from '@hono/zod-openapi';
import { districtQuery } from '#contracts/http.ts';
import { identifier, position } from '#contracts/primitives.ts';
import type { App } from '#platform/app.ts';
import { callerOf } from '../../district/stamp.ts';
import {
  changedAnswers,
  createdAnswers,
  idParams,
  ifMatchHeader,
  jsonBody,
  newIdentifier,
} from '../../lifecycle/route-shapes.ts';
import type { CommandParts } from '../../lifecycle/run-command.ts';
import { receiveCall, stampOf, takeCallStep, triageCall } from '../calls/commands.ts';
import { callSteps } from '../calls/decide.ts';
import { answersShape, carriers, levels, telephoneNumber, telephoneSaid, topics } from '../calls/events.ts';
import { momentOf } from './moment.ts';
import { findCall } from './read-calls.ts';
import { assertToldOf } from './sees-patients.ts';
import { accepted } from './shapes.ts';

const receiveRoute = createRoute({
  method: 'post',
  path: '/api/hotline/calls',
  summary: 'A call came in: the nearest open station is rung at once',
  request: {
    query: districtQuery,
    body: jsonBody(
      z
        .object({
          callId: newIdentifier,
          callerNumber: telephoneNumber.optional(),
          location: position.optional(),
          areaId: identifier.optional(),
          topic: z.enum(topics).optional(),
          carrier: z
            .enum(carriers)
            .optional()
            .openapi({ description: 'left out: simulated in an exercise, else app: people answer by this API alone' }),
        })
        .openapi('CallReceive'),
    ),
  },
  responses: createdAnswers(accepted),
});

const said = telephoneSaid.partial();
const stepRoute = (step: (typeof callSteps)[number]) =>
  createRoute({
    method: 'post',
    path: `/api/hotline/calls/{id}/${step}`,
    summary: {
      answer: 'Somebody answers the telephone that rings',
      refuse: 'The telephone that rings is refused, busy or out of order: the next one rings at once',
      'hang-up': 'The conversation is over, or the caller gave up',
      'take-up': 'A person takes up what nobody answered, or a red flag',
    }[step],
    request: {
      params: idParams,
      query: districtQuery,
      headers: ifMatchHeader,
      body: jsonBody(step === 'refuse' ? said : step === 'answer' ? said.omit({ outcome: true }) : z.object({})),
    },
    responses: changedAnswers(accepted),
  });

const answers = z.object(answersShape);
const triageRoute = createRoute({
  method: 'post',
  path: '/api/hotline/calls/{id}/triage',
  summary: 'Judges symptoms or keys by the rules of the day; a red flag is an alert at once',
  request: { params: idParams, query: districtQuery, body: jsonBody(answers.openapi('CallAnswers')) },
  responses: changedAnswers(
    z
      .object({
        callId: z.string(),
        level: z.enum(levels),
        ruleSet: z.string(),
        because: z.array(z.string()),
        redFlag: z.boolean(),
        testReferral: z.boolean(),
      })
      .openapi('CallJudged'),
  ),
});

/** What people and carriers say of calls. */
export function addWriteRoutes(app: App, parts: CommandParts): void {
  const { database, now, newId } = parts;
  const readOne = async (district: string, callId: string) =>
    (await findCall(database, await momentOf(database, district, undefined, now()), callId)) ?? null;

  app.openapi(receiveRoute, async (context) => {
    const { district } = context.req.valid('query');
    const { callId = newId(), ...incoming } = context.req.valid('json');
    const stamped = await stampOf(parts, district, callerOf(context));
    const { sequence, projected, etag } = await receiveCall(parts, stamped, { callId, ...incoming });
    return context.json({ callId, sequence, projected, call: await readOne(district, callId) }, 201, {
      etag,
      location: `/api/hotline/calls/${callId}?district=${district}`,
    });
  });

  for (const step of callSteps)
    app.openapi(stepRoute(step), async (context) => {
      const { district } = context.req.valid('query');
      const { id: callId } = context.req.valid('param');
      assertToldOf(context, district, callId);
      const stamped = await stampOf(parts, district, callerOf(context));
      const { sequence, projected, etag } = await takeCallStep(parts, stamped, {
        ...{ callId, step, said: context.req.valid('json') },
        ifMatch: context.req.valid('header')['if-match'],
      });
      return context.json({ callId, sequence, projected, call: await readOne(district, callId) }, 200, { etag });
    });

  app.openapi(triageRoute, async (context) => {
    const { district } = context.req.valid('query');
    const { id: callId } = context.req.valid('param');
    const stamped = await stampOf(parts, district, callerOf(context));
    return context.json({ callId, ...(await triageCall(parts, stamped, callId, context.req.valid('json'))) }, 200);
  });
}
