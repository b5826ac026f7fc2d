import { createRoute, z } from '@hono/zod-openapi';
import { districtRegistered } from '#contracts/events/geography/district-registered.ts';
import { district } from '#contracts/http/geography.ts';
import { conflictResponses, problemResponses } from '#contracts/http.ts';
import { districtId } from '#contracts/primitives.ts';
import { appendProblem } from '#platform/command.ts';
import { deleteDistrictStream, findDistrictStream, openDistrictStream } from '#platform/journal.ts';
import { mayIn } from '#platform/permission.ts';
import { Problem, unknownDistrict } from '#platform/problem.ts';
import { callerOf, stampAt, stampedEvent } from '../../district/stamp.ts';
import { readDistricts } from '../reads/districts.ts';
import type { AddRoutes } from './service.ts';

const params = z.object({ id: districtId.openapi({ param: { in: 'path', name: 'id' } }) });
const registered = z.object({
  district: z.string(),
  sequence: z.number().int(),
  projected: z.boolean().openapi({ description: 'false: safe in the journal, the rows follow' }),
});

const list = createRoute({
  method: 'get',
  path: '/api/districts',
  responses: {
    200: {
      description: 'every district that the caller may see',
      content: { 'application/json': { schema: z.array(district) } },
    },
    ...problemResponses,
  },
});

const register = createRoute({
  method: 'post',
  path: '/api/districts',
  request: { body: { required: true, content: { 'application/json': { schema: districtRegistered.schema } } } },
  responses: {
    201: { description: 'its journal is open', content: { 'application/json': { schema: registered } } },
    ...problemResponses,
    ...conflictResponses,
  },
});

const remove = createRoute({
  method: 'delete',
  path: '/api/districts/{id}',
  request: { params },
  responses: {
    204: { description: 'journal and rows are gone' },
    ...problemResponses,
    ...conflictResponses,
  },
});

/** Districts: listed, registered, and thrown away when they were an exercise or recorded history. */
export const districtRoutes: AddRoutes = (app, parts) => {
  app.openapi(list, async (context) => {
    const all = await readDistricts(parts.database);
    return context.json(
      all.filter(({ district }) => mayIn(context, district)),
      200,
    );
  });

  app.openapi(register, async (context) => {
    const data = context.req.valid('json');
    const { broker, appender } = parts;
    const existing = await findDistrictStream(broker, data.districtId);
    if (existing && existing.lastSequence > 0) throw alreadyThere(data.districtId);
    try {
      await openDistrictStream(broker, data.districtId, data);
    } catch (error) {
      if (/exists with clock/.test((error as Error).message)) throw alreadyThere(data.districtId);
      throw error;
    }
    // The one fact of recorded history and exercises that has the wall's time: their own clock stands nowhere yet, and this moves none.
    const opened = { district: data.districtId, exercise: data.exercise };
    const stamped = stampAt(parts.now(), opened, callerOf(context), parts.newId());
    const { message } = stampedEvent(stamped, { type: 'district-registered', source: '/geography', data });
    const result = await appender.append({ ...message, expectedSubjectSequence: 0 });
    if (!result.ok && result.reason === 'wrong-sequence') throw alreadyThere(data.districtId);
    if (!result.ok) throw appendProblem(result);
    const projected = await parts.projected(data.districtId, result.sequence);
    return context.json({ district: data.districtId, sequence: result.sequence, projected }, 201, {
      location: `/api/districts/${data.districtId}`,
    });
  });

  app.openapi(remove, async (context) => {
    const { id } = context.req.valid('param');
    const stream = await findDistrictStream(parts.broker, id);
    if (!stream) throw unknownDistrict(id, 'param.id');
    if (!stream.exercise && stream.clock === 'live')
      throw new Problem(409, 'A real, live district is never thrown away', {
        detail: 'Only an exercise, or recorded history, may go.',
        extensions: { current: { clock: stream.clock, exercise: stream.exercise } },
      });
    await deleteDistrictStream(parts.broker, id);
    return context.body(null, 204);
  });
};

const alreadyThere = (district: string) =>
  new Problem(409, 'The district is registered already', {
    errors: [{ field: 'districtId', value: district, reason: 'must be new' }],
  });
