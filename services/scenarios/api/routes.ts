import { createRoute, z } from '@hono/zod-openapi';
import { asOfQuery, conflictResponses, pageQuery, problem, problemResponses } from '#contracts/http.ts';
import { identifier } from '#contracts/primitives.ts';
import { planRequest, scenarioModel, scenarioRequest, scenarioRun } from '#contracts/scenarios.ts';

const json = <Schema extends z.ZodType>(schema: Schema) => ({ content: { 'application/json': { schema } } });
const asked = {
  200: { description: 'the same was computed before: here it is (`cached`)', ...json(scenarioRun) },
  202: {
    description: 'taken; Location says where it stands',
    headers: z.object({ location: z.string() }),
    ...json(scenarioRun),
  },
  409: { ...conflictResponses[409], description: 'no model of the district can be stated; `abstention` says why' },
  429: { description: 'too many runs wait', content: { 'application/problem+json': { schema: problem } } },
  ...problemResponses,
};
const oneRun = { params: z.object({ id: identifier }) };

export const modelRoute = createRoute({
  method: 'get',
  path: '/api/scenarios/model',
  summary: 'The fitted model of a district, so that a browser runs the very same; or why there is none',
  request: { query: asOfQuery },
  responses: { 200: { description: 'model, particles, assumptions', ...json(scenarioModel) }, ...problemResponses },
});

export const askRoute = createRoute({
  method: 'post',
  path: '/api/scenarios',
  summary: 'Compares doing nothing, one to three scenarios, and the smallest area of each that limits everywhere',
  request: { body: { ...json(scenarioRequest), required: true } },
  responses: asked,
});

export const planRoute = createRoute({
  method: 'post',
  path: '/api/scenarios/plans',
  summary: 'Searches the fewest wards and cheapest measures that keep a rate from being reached',
  request: { body: { ...json(planRequest), required: true } },
  responses: asked,
});

export const listRoute = createRoute({
  method: 'get',
  path: '/api/scenarios',
  summary: 'Runs of a district, newest first, without request and result',
  request: {
    query: asOfQuery.extend({
      limit: z.coerce.number().int().min(1).max(200).default(20),
      cursor: pageQuery.shape.cursor.pipe(
        z
          .string()
          .regex(/^\d{1,15}$/, 'the `next` of the page before')
          .optional(),
      ),
    }),
  },
  responses: {
    200: {
      description: 'a page; `next` is the cursor of the page after it',
      ...json(z.object({ items: z.array(scenarioRun), next: z.string().nullable() })),
    },
    ...problemResponses,
  },
});

export const oneRoute = createRoute({
  method: 'get',
  path: '/api/scenarios/{id}',
  summary: 'A run with its request and, when it has one, its result',
  request: oneRun,
  responses: { 200: { description: 'the run', ...json(scenarioRun) }, ...problemResponses },
});

export const cancelRoute = createRoute({
  method: 'delete',
  path: '/api/scenarios/{id}',
  summary: 'Cancels a run that has not ended',
  request: oneRun,
  responses: {
    200: { description: 'the run, cancelled', ...json(scenarioRun) },
    409: conflictResponses[409],
    ...problemResponses,
  },
});

export const progressRoute = createRoute({
  method: 'get',
  path: '/api/scenarios/{id}/progress',
  summary: 'A run as it goes, as server-sent events `run`; the stream ends with the run',
  request: oneRun,
  responses: {
    200: {
      description: 'events `run`: the run without request and result, at most ten a second',
      content: { 'text/event-stream': { schema: z.string() } },
    },
    ...problemResponses,
  },
});
