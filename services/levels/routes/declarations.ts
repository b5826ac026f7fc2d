import { createRoute, z } from '@hono/zod-openapi';
import {
  declaration,
  declarationQuery,
  declarationsAnswer,
  declareRequest,
  noticeAnswer,
  withdrawRequest,
} from '#contracts/http/levels.ts';
import { areaQuery, conflictResponses, districtQuery, problemResponses, readAnswers } from '#contracts/http.ts';
import { identifier } from '#contracts/primitives.ts';
import type { App } from '#platform/app.ts';
import { runCommand } from '#platform/command.ts';
import { Problem } from '#platform/problem.ts';
import { newestKnown } from '../../case-history/moment.ts';
import { clockTime, type Moment } from '../../district/moment.ts';
import { knownBy } from '../../district/places.ts';
import { callerOf, stamp, stampedFact } from '../../district/stamp.ts';
import { assertWithdrawable, decideDeclaration } from '../declared/decide.ts';
import { type Declaration, levelAt, saidBefore, stateOf } from '../declared/level-in-force.ts';
import { readDeclarations } from '../declared/read-declarations.ts';
import { levelDeclared } from '../events/level-declared.ts';
import { levelWithdrawn } from '../events/level-withdrawn.ts';
import { districtName, levelMoment } from '../moment.ts';
import { atomFeed } from '../notice/atom.ts';
import { capAlert, type Ring } from '../notice/cap.ts';
import { type NoticeFacts, noticeOf } from '../notice/notice.ts';
import type { LevelParts } from '../parts.ts';
import { policyById } from '../policies/in-force.ts';
import type { PolicyId } from '../policies/policy.ts';
import { declarationAnswer, readLevels } from './levels.ts';

const idParameter = z.object({ id: identifier });
const path = '/api/levels/declarations';

const listRoute = createRoute({
  method: 'get',
  path,
  summary: 'Levels that were announced, newest first',
  request: { query: areaQuery },
  responses: readAnswers('announced levels with what became of them', declarationsAnswer),
});

const declareRoute = createRoute({
  method: 'post',
  path,
  summary: 'Announces the level of an area: it takes effect after the notice that the policy asks for',
  request: {
    query: districtQuery,
    body: { required: true, content: { 'application/json': { schema: declareRequest } } },
  },
  responses: {
    201: { description: 'announced', content: { 'application/json': { schema: declaration } } },
    ...problemResponses,
    ...conflictResponses,
  },
});

const withdrawRoute = createRoute({
  method: 'post',
  path: `${path}/{id}/withdraw`,
  summary: 'Withdraws an announced level that is not in force yet',
  request: {
    params: idParameter,
    query: districtQuery,
    body: { required: true, content: { 'application/json': { schema: withdrawRequest } } },
  },
  responses: {
    200: { description: 'withdrawn', content: { 'application/json': { schema: declaration } } },
    ...problemResponses,
    ...conflictResponses,
  },
});

const noticeRoute = createRoute({
  method: 'get',
  path: `${path}/{id}/notice`,
  summary: 'The draft of the notice, in Vietnamese',
  request: { params: idParameter, query: declarationQuery },
  responses: readAnswers('title, headline and text', noticeAnswer),
});

const capRoute = createRoute({
  method: 'get',
  path: `${path}/{id}/cap`,
  summary: 'The announced level as an alert (CAP 1.2, XML)',
  request: { params: idParameter, query: declarationQuery },
  responses: {
    200: { description: 'CAP 1.2', content: { 'application/cap+xml': { schema: z.string() } } },
    ...problemResponses,
  },
});

const feedRoute = createRoute({
  method: 'get',
  path: '/api/levels/feed.atom',
  summary: 'What was announced of a district, or of one area, as an Atom feed',
  request: { query: areaQuery },
  responses: {
    200: { description: 'Atom (RFC 4287)', content: { 'application/atom+xml': { schema: z.string() } } },
    ...problemResponses,
  },
});

/** Most entries of a feed. */
const mostEntries = 100;
/** Degrees: some fifty metres. An alert needs no more. */
const borderTolerance = 0.0005;
const projectionWaitMs = 2000;

export function addDeclarationRoutes(app: App, parts: LevelParts): void {
  const { database } = parts;

  app.openapi(listRoute, async (context) => {
    const question = context.req.valid('query');
    const moment = await levelMoment(database, question, parts.now());
    const all = await readDeclarations(database, question, { areaId: question.areaId });
    const ofArea = Map.groupBy(all, ({ areaId }) => areaId);
    return context.json(
      {
        asOf: clockTime(moment),
        items: all.map((one) => declarationAnswer(one, ofArea.get(one.areaId)!, moment.instant)),
      },
      200,
    );
  });

  app.openapi(declareRoute, async (context) => {
    const { district } = context.req.valid('query');
    const asked = context.req.valid('json');
    const read = await readLevels(database, { district }, parts.now());
    const { policy, facts } = read;
    if (!facts.placeOf.has(asked.areaId))
      throw new Problem(422, 'No such area', {
        errors: [{ field: 'json.areaId', value: asked.areaId, reason: 'an area of the district on that day' }],
      });
    if (!policy)
      throw new Problem(409, 'No policy of levels is in force on this day', {
        vietnamese: { title: 'Ngày này chưa có quy định về cấp độ dịch' },
      });
    const stamped = await stamp(parts, district, callerOf(context), (of) => newestKnown(database, of));
    const { care } = facts.factsOf(asked.areaId, policy);
    const declarationId = stamped.eventId;
    await runCommand<Declaration[]>({
      ...readArea(parts, district, asked.areaId),
      decide: (current) => {
        const { takesEffectAt } = decideDeclaration(policy, current?.state ?? [], asked, stamped.now, care);
        const { level, reason, document, signedBy, areaId } = asked;
        return stampedFact(stamped, levelDeclared, {
          source: 'levels',
          data: {
            ...{ declarationId, areaId, level, policyId: policy.id, takesEffectAt, reason },
            ...(document === undefined ? {} : { document }),
            ...(signedBy === undefined ? {} : { signedBy }),
          },
        }).message;
      },
    });
    return context.json(await answerOf(parts, district, declarationId), 201);
  });

  app.openapi(withdrawRoute, async (context) => {
    const { id } = context.req.valid('param');
    const { district } = context.req.valid('query');
    const { areaId, reason } = context.req.valid('json');
    const stamped = await stamp(parts, district, callerOf(context), (of) => newestKnown(database, of));
    await runCommand<Declaration[]>({
      ...readArea(parts, district, areaId),
      decide: (current) => {
        const found = current?.state.find(({ declarationId }) => declarationId === id);
        if (!found) throw noSuchDeclaration(id);
        assertWithdrawable(found, stamped.now);
        return stampedFact(stamped, levelWithdrawn, { source: 'levels', data: { declarationId: id, areaId, reason } })
          .message;
      },
    });
    return context.json(await answerOf(parts, district, id), 200);
  });

  app.openapi(noticeRoute, async (context) => {
    const { facts } = await readNotice(parts, context.req.valid('query'), context.req.valid('param').id);
    const { title, headline, text } = noticeOf(facts);
    return context.json({ title, headline, text }, 200);
  });

  app.openapi(capRoute, async (context) => {
    const question = context.req.valid('query');
    const { facts, moment } = await readNotice(parts, question, context.req.valid('param').id);
    const rings = await readRings(parts, moment, facts.declaration.areaId);
    return context.body(capAlert(facts, question.district, rings), 200, {
      'content-type': 'application/cap+xml; charset=utf-8',
    });
  });

  app.openapi(feedRoute, async (context) => {
    const question = context.req.valid('query');
    const { district, areaId } = question;
    const { notices, moment, name } = await readNotices(parts, question, { areaId });
    const origin = context.get('publicOrigin') ?? new URL(context.req.url).origin;
    const query = new URLSearchParams({ district, ...(areaId ? { areaId } : {}) });
    const ofArea = areaId ? notices.find(({ declaration: one }) => one.areaId === areaId)?.areaName : undefined;
    return context.body(
      atomFeed(
        {
          ...{ district, areaId },
          title: `Cấp độ dịch – ${ofArea && ofArea !== name ? `${ofArea}, ${name}` : name}${moment.exercise ? ' (diễn tập)' : ''}`,
          self: `${origin}/api/levels/feed.atom?${query}`,
          capOf: (id) => `${origin}${path}/${encodeURIComponent(id)}/cap?${new URLSearchParams({ district })}`,
          since: clockTime(moment),
        },
        notices.slice(0, mostEntries),
      ),
      200,
      { 'content-type': 'application/atom+xml; charset=utf-8' },
    );
  });
}

const noSuchDeclaration = (id: string) =>
  new Problem(404, 'No such declaration', {
    vietnamese: { title: 'Không có công bố này' },
    errors: [{ field: 'param.id', value: id, reason: 'one of GET /api/levels/declarations' }],
  });

/** What was announced of one area, and the last message about it: who was faster is noticed. */
const readArea = ({ database, appender, projection }: LevelParts, district: string, areaId: string) => ({
  appender,
  ifMatch: undefined,
  projected: (sequence: number) => projection.reached(district, sequence, projectionWaitMs),
  readHead: async () => {
    const { rows } = await database.query<{ sequence: number }>(
      'SELECT sequence FROM levels.declaration_heads WHERE district = $1 AND area_id = $2',
      [district, areaId],
    );
    return Number(rows[0]?.sequence ?? 0);
  },
  read: async () => {
    const state = await readDeclarations(database, { district }, { areaId });
    return state.length > 0 ? { state, sequence: Math.max(...state.map(({ sequence }) => sequence)) } : undefined;
  },
});

async function answerOf(parts: LevelParts, district: string, declarationId: string) {
  const moment = await levelMoment(parts.database, { district }, parts.now());
  const [found] = await readDeclarations(parts.database, { district }, { declarationId });
  if (!found)
    throw new Problem(503, 'Not available now', {
      detail: 'The decision is in the journal and will be in force; its row has not followed yet.',
      headers: { 'retry-after': '2' },
    });
  const ofArea = await readDeclarations(parts.database, { district }, { areaId: found.areaId });
  return declarationAnswer(found, ofArea, moment.instant);
}

interface NoticeQuestion {
  district: string;
  asOf?: string | undefined;
}

/** Announced levels with what a notice says of them, newest first. */
async function readNotices(
  { database, now }: LevelParts,
  question: NoticeQuestion,
  which: { areaId?: string | undefined },
): Promise<{ notices: NoticeFacts[]; moment: Moment; name: string }> {
  const moment = await levelMoment(database, question, now());
  const all = await readDeclarations(database, question, which);
  const name = await districtName(database, question.district);
  const { rows } = await database.query<{ area_id: string; name: string }>(
    `SELECT DISTINCT ON (area_id) area_id, name FROM geography.published_areas WHERE district = $1 AND area_id = ANY($2) ORDER BY area_id, valid_from DESC`,
    [question.district, [...new Set(all.map(({ areaId }) => areaId))]],
  );
  const names = new Map(rows.map((row) => [row.area_id, row.name]));
  const ofArea = Map.groupBy(all, ({ areaId }) => areaId);
  return {
    moment,
    name,
    notices: all.map((one) => {
      const own = ofArea.get(one.areaId)!;
      const before = levelAt(
        own.filter((other) => saidBefore(other, one)),
        one.takesEffectAt,
      ).inForce?.level;
      return {
        declaration: one,
        state: stateOf(one, own, moment.instant),
        before,
        areaName: names.get(one.areaId) ?? one.areaId,
        districtName: name,
        timeZone: moment.timeZone,
        policy: policyById(one.policyId as PolicyId),
      };
    }),
  };
}

async function readNotice(
  parts: LevelParts,
  question: NoticeQuestion,
  id: string,
): Promise<{ facts: NoticeFacts; moment: Moment }> {
  const [found] = await readDeclarations(parts.database, question, { declarationId: id });
  if (!found) throw noSuchDeclaration(id);
  const { notices, moment } = await readNotices(parts, question, { areaId: found.areaId });
  return { facts: notices.find(({ declaration: one }) => one.declarationId === id)!, moment };
}

/** Outer borders of an area, made simpler. */
async function readRings({ database }: LevelParts, moment: Moment, areaId: string): Promise<Ring[]> {
  const { rows } = await database.query<{ ring: { coordinates: [number, number][] } }>(
    `SELECT ST_AsGeoJSON(ST_ExteriorRing((ST_Dump(ST_SimplifyPreserveTopology(geom, $5))).geom), 5)::json AS ring
     FROM geography.areas_at($1, $2, $3::date) WHERE area_id = $4 AND geom IS NOT NULL`,
    [moment.district, knownBy(moment), moment.day, areaId, borderTolerance],
  );
  return rows.map(({ ring }) => ring.coordinates);
}
