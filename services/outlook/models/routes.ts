import { createRoute, z } from '@hono/zod-openapi';
import { modelKinds } from '#contracts/events/ml/model-activated.ts';
import {
  activateRequest,
  type ModelInForce,
  modelInForce,
  modelKind,
  modelsAnswer,
  modelsQuery,
  storedModel,
} from '#contracts/http/outlook/models.ts';
import { conflictResponses, problemResponses } from '#contracts/http.ts';
import { districtId, identifier } from '#contracts/primitives.ts';
import type { App } from '#platform/app.ts';
import { mayIn } from '#platform/permission.ts';
import { Problem } from '#platform/problem.ts';
import { assertExactIn } from '#platform/small-cells.ts';
import { momentOf, newestKnown } from '../../case-history/moment.ts';
import { callerOf, stamp } from '../../district/stamp.ts';
import type { WorkParts } from '../work-parts.ts';
import { type Activation, readActivations } from './activations.ts';
import { appendActivation } from './append-activation.ts';
import { readCards } from './cards.ts';
import { versionsOf } from './model-versions.ts';

const listRoute = createRoute({
  method: 'get',
  path: '/api/models',
  summary:
    'Models that were used, newest first, with their scores beside the baseline; which version of each kind is in force',
  request: {
    query: modelsQuery,
  },
  responses: {
    200: {
      description: 'model cards; versions in force when a district is named',
      content: { 'application/json': { schema: modelsAnswer } },
    },
    ...problemResponses,
  },
});

const oneRoute = createRoute({
  method: 'get',
  path: '/api/models/{id}',
  summary: 'One model card',
  request: { params: z.object({ id: identifier }) },
  responses: {
    200: { description: 'the card', content: { 'application/json': { schema: storedModel } } },
    ...problemResponses,
  },
});

const activateRoute = createRoute({
  method: 'post',
  path: '/api/models/{kind}/active',
  summary: 'Decides which registered version the next runs of a district use: back to an earlier one, or forward again',
  request: {
    params: z.object({ kind: modelKind }),
    query: z.object({ district: districtId }),
    body: {
      required: true,
      content: {
        'application/json': {
          schema: activateRequest,
        },
      },
    },
  },
  responses: {
    200: { description: 'what is in force now', content: { 'application/json': { schema: modelInForce } } },
    ...problemResponses,
    ...conflictResponses,
  },
});

function inForceOf(of: (typeof modelKinds)[number], decisions: readonly Activation[]): ModelInForce {
  const versions = versionsOf(of);
  const own = decisions.filter((one) => one.kind === of);
  const chosen = own[0] && versions.some(({ version }) => version === own[0]!.version) ? own[0] : undefined;
  return {
    kind: of,
    active: {
      version: chosen?.version ?? versions.at(-1)!.version,
      since: chosen?.since ?? null,
      by: chosen?.by ?? null,
      reason: chosen?.reason ?? null,
    },
    versions: versions.map(({ version, since, what }) => ({ version, since, what })),
    decisions: own.map(({ kind: _kind, until, ...one }) => ({ ...one, until: until ?? null })),
  };
}

/** `changed` hears of a decision, so that the next run comes soon. */
export function addModelRoutes(app: App, parts: WorkParts, changed: (district: string) => void): void {
  const { database } = parts;
  app.openapi(listRoute, async (context) => {
    const { district, asOf, limit } = context.req.valid('query');
    if (district !== undefined && asOf !== undefined) await momentOf(database, district, asOf, parts.now());
    const [items, decisions] = await Promise.all([
      readCards(database, { district, asOf, limit }),
      district === undefined ? undefined : readActivations(database, district, asOf),
    ]);
    return context.json({ items, inForce: decisions ? modelKinds.map((of) => inForceOf(of, decisions)) : [] }, 200);
  });
  app.openapi(oneRoute, async (context) => {
    const { id } = context.req.valid('param');
    const cards = await readCards(database, { modelId: id, limit: 100 });
    // Districts may have a card of one name: the caller's own.
    const found = cards.find(({ district }) => mayIn(context, district));
    if (!found)
      throw new Problem(404, 'No such model', {
        errors: [{ field: 'param.id', value: id, reason: 'one of GET /api/models' }],
      });
    await assertExactIn(context, found.district);
    return context.json(found, 200);
  });
  app.openapi(activateRoute, async (context) => {
    const { kind: of } = context.req.valid('param');
    const { district } = context.req.valid('query');
    const { version, reason, by } = context.req.valid('json');
    const registered = versionsOf(of).map((one) => one.version);
    if (!registered.includes(version))
      throw new Problem(422, 'No such version', {
        errors: [{ field: 'body.version', value: version, reason: `one of ${registered.join(', ')}` }],
      });
    const stamped = await stamp(parts, district, callerOf(context), (of) => newestKnown(database, of));
    const before = inForceOf(of, await readActivations(database, district, undefined));
    if (before.active.version === version)
      throw new Problem(409, `${version} is in force already`, {
        vietnamese: { title: `${version} đang được dùng rồi` },
        extensions: { next: registered.filter((one) => one !== version), active: before.active },
      });
    await appendActivation(parts, stamped, { kind: of, version, reason, by });
    changed(district);
    return context.json(inForceOf(of, await readActivations(database, district, undefined)), 200);
  });
}
