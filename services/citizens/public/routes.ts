import { createRoute, z } from '@hono/zod-openapi';
import { conflictResponses, districtQuery, problem, problemResponses, readAnswers } from '#contracts/http.ts';
import { bothLanguages, identifier, position, shortText } from '#contracts/primitives.ts';
import { historyOfEntity } from '#lifecycle/entity/reads.ts';
import { decideStep, type EntityState } from '#lifecycle/entity/state.ts';
import { jsonBody } from '#lifecycle/route-shapes.ts';
import { runEntityCommand } from '#lifecycle/run-command.ts';
import type { App } from '#platform/app.ts';
import { Problem } from '#platform/problem.ts';
import { callerOf, stamp, stampedFact } from '../../district/stamp.ts';
import { type CitizenParts, readReport, viewReport } from '../parts.ts';
import { NotAPicture, withoutMetadata } from '../photos/metadata.ts';
import { reopeningRefused, report, reportRated } from '../report/report.ts';
import { outcomes, topicIds, topics } from '../report/topics.ts';
import { wardNames } from '../routing/place.ts';
import { unitWords } from '../routing/routing.ts';
import { submit } from '../submission.ts';
import { assertNotTooOften, assertRoom, megabytesOf } from './limits.ts';
import { noSuchReference, reportOfReference } from './report-of-reference.ts';

const tooOften = {
  429: { description: 'too often from this network', content: { 'application/problem+json': { schema: problem } } },
};
const submissionKey = z
  .string()
  .regex(/^[A-Za-z0-9-]{32,64}$/, 'random letters and digits, 32 to 64 of them')
  .openapi({ description: 'a random UUID: what is sent again with the same one is the same report' });

const sent = z
  .object({
    submission: submissionKey,
    topic: z.enum(topicIds),
    description: z.string().max(4000).optional(),
    address: shortText.optional(),
    location: position.optional(),
    photos: z
      .array(z.string().regex(/^[0-9a-f]{64}$/))
      .max(5)
      .optional()
      .openapi({ description: 'hashes that POST photos answered' }),
    name: shortText.optional(),
    phone: shortText.optional(),
    email: shortText.optional(),
  })
  .openapi('ReportSent');

const sentAnswer = z
  .object({
    reportId: z.string(),
    reference: z.string(),
    dueAt: z.string().nullable(),
    unit: z.string().nullable(),
    unitWords: bothLanguages.nullable(),
  })
  .openapi('ReportReference');

const followed = z
  .object({
    reportId: z.string(),
    topic: z.enum(topicIds),
    description: z.string().nullable(),
    address: z.string().nullable(),
    location: position.nullable(),
    photos: z.number().int(),
    status: z.enum(Object.keys(report.statuses) as [string, ...string[]]),
    occurredAt: z.string(),
    statusSince: z.string(),
    dueAt: z.string().nullable(),
    unit: z.string().nullable(),
    unitWords: bothLanguages.nullable(),
    pauseReason: z.string().nullable(),
    outcome: z.enum(Object.keys(outcomes) as [string, ...string[]]).nullable(),
    answer: z.string().nullable(),
    satisfaction: z.number().int().nullable(),
    mayRate: z.boolean(),
    mayReopen: z.boolean(),
    history: z.array(z.object({ type: z.string(), words: bothLanguages, occurredAt: z.string() })),
  })
  .openapi('ReportFollowed');

const referenceParams = z.object({
  reference: z.string().max(64).openapi({ description: 'the reference number with its secret part' }),
});

/** What a follower is not told: that a leader reminded somebody, and what units wrote to each other. */
const wordsOfEvents = new Map(
  [report.told, ...Object.values(report.stepEvents), report.remarkEvents.rated!].map(({ type, words: said }) => [
    type,
    said,
  ]),
);

/** What whoever has no account may do: send a report with pictures, follow it, judge the answer, ask for it to be opened again. */
export function addPublicRoutes(app: App, parts: CitizenParts): void {
  const { database, kept, photos, now } = parts;

  const topicsRoute = createRoute({
    method: 'get',
    path: '/api/citizens/topics',
    summary: 'What reports may be about',
    responses: readAnswers(
      'topics',
      z.object({ topics: z.array(z.object({ topic: z.enum(topicIds), words: bothLanguages })) }),
    ),
  });
  app.openapi(topicsRoute, (context) =>
    context.json({ topics: topicIds.map((topic) => ({ topic, words: topics[topic] })) }, 200),
  );

  const placesRoute = createRoute({
    method: 'get',
    path: '/api/citizens/places',
    summary: 'Outlines of the wards, on which a place is picked: public register, and nothing else',
    request: { query: districtQuery },
    responses: readAnswers(
      'GeoJSON',
      z.object({
        name: z.string(),
        exercise: z.boolean(),
        wards: z.array(z.object({ areaId: z.string(), name: z.string(), outline: z.unknown() })),
      }),
    ),
  });
  app.openapi(placesRoute, async (context) => {
    const { district } = context.req.valid('query');
    const moment = await kept.momentOf(database, district, undefined, now());
    const { rows } = await database.query<{ area_id: string; name: string; outline: unknown }>(
      `SELECT area_id, name, ST_AsGeoJSON(geom, 5)::jsonb AS outline FROM geography.areas_at($1, now() + interval '100 years', $2::date) WHERE level = 'ward' ORDER BY area_id`,
      [district, moment.day],
    );
    const named = await database.query<{ name: string }>(
      'SELECT name FROM geography.published_districts WHERE district = $1',
      [district],
    );
    return context.json(
      {
        name: named.rows[0]!.name,
        exercise: moment.exercise,
        wards: rows.map(({ area_id: areaId, name, outline }) => ({ areaId, name, outline })),
      },
      200,
    );
  });

  const unitShown = async (district: string, unit: unknown, day: string) => {
    if (typeof unit !== 'string') return { unit: null, unitWords: null };
    const names = await wardNames(database, district, day);
    return { unit, unitWords: unitWords(unit, (areaId) => names.get(areaId)) };
  };

  const photoRoute = createRoute({
    method: 'post',
    path: '/api/citizens/photos',
    summary: 'Keeps a picture without its metadata (JPEG, PNG or WebP, at most 10 MB)',
    request: {
      query: districtQuery,
      body: {
        required: true as const,
        content: { 'application/octet-stream': { schema: z.string().openapi({ format: 'binary' }) } },
      },
    },
    responses: {
      201: {
        description: 'kept',
        content: {
          'application/json': {
            schema: z.object({ hash: z.string(), mediaType: z.string(), bytes: z.number().int() }),
          },
        },
      },
      ...problemResponses,
      ...tooOften,
    },
  });
  app.openapi(photoRoute, async (context) => {
    const { district } = context.req.valid('query');
    assertNotTooOften(parts, context, 'photo', district);
    assertRoom(parts);
    await kept.momentOf(database, district, undefined, now());
    const body = new Uint8Array(await context.req.arrayBuffer());
    assertNotTooOften(parts, context, 'photoMegabytes', district, megabytesOf(body));
    try {
      const { bytes, mediaType } = withoutMetadata(body);
      const hash = await photos.put(district, bytes, mediaType);
      return context.json({ hash, mediaType, bytes: bytes.length }, 201);
    } catch (error) {
      if (!(error instanceof NotAPicture)) throw error;
      throw new Problem(422, 'The request does not fit', {
        errors: [
          {
            ...{ field: 'body', reason: `a JPEG, PNG or WebP picture; ${error.message}` },
            words: { vi: 'ảnh JPEG, PNG hoặc WebP còn nguyên', en: `a JPEG, PNG or WebP picture; ${error.message}` },
          },
        ],
      });
    }
  });

  const sendRoute = createRoute({
    method: 'post',
    path: '/api/citizens/send',
    summary: 'Takes in a report of somebody without an account',
    request: { query: districtQuery, body: jsonBody(sent) },
    responses: {
      201: { description: 'journalled', content: { 'application/json': { schema: sentAnswer } } },
      ...problemResponses,
      ...conflictResponses,
      ...tooOften,
    },
  });
  app.openapi(sendRoute, async (context) => {
    const { district } = context.req.valid('query');
    assertNotTooOften(parts, context, 'send', district);
    const { submission, name, phone, email, photos: hashes = [], ...said } = context.req.valid('json');
    if (said.location === undefined && said.address === undefined) throw nowhere();
    for (const [index, hash] of hashes.entries())
      if (!(await photos.has(district, hash))) throw unknownPhoto(`json.photos.${index}`, hash);
    const { reportId, reference, state } = await submit(parts, district, callerOf(context), {
      submission,
      said: { ...said, channel: 'app', ...(hashes.length > 0 ? { photos: hashes.join(',') } : {}) },
      contact: { name, phone, email },
    });
    const { day } = await kept.momentOf(database, district, undefined, now());
    return context.json(
      {
        reportId,
        reference,
        dueAt: state?.dueAt ? new Date(String(state.dueAt)).toISOString() : null,
        ...(await unitShown(district, state?.unit, day)),
      },
      201,
    );
  });

  const followRoute = createRoute({
    method: 'get',
    path: '/api/citizens/follow/{reference}',
    summary: 'A report, for who has its reference number',
    request: { params: referenceParams, query: districtQuery },
    responses: { ...readAnswers('the report, without words about others', followed), ...tooOften },
  });
  app.openapi(followRoute, async (context) => {
    const { district } = context.req.valid('query');
    assertNotTooOften(parts, context, 'follow', district);
    const moment = await kept.momentOf(database, district, undefined, now());
    const reportId = await reportOfReference(parts, district, context.req.valid('param').reference);
    const view = await viewReport(parts, district, reportId);
    if (!view) throw noSuchReference();
    const history = await historyOfEntity(database, kept, moment, reportId);
    const isClosed = view.status === 'closed';
    const text = (field: string) => (view[field] as string | null) ?? null;
    return context.json(
      {
        reportId,
        topic: view.topic as (typeof topicIds)[number],
        description: text('description'),
        address: text('address'),
        location: view.location,
        photos: text('photos')?.split(',').length ?? 0,
        status: view.status,
        occurredAt: view.occurredAt,
        statusSince: view.statusSince,
        dueAt: text('dueAt'),
        ...(await unitShown(district, view.unit, moment.day)),
        pauseReason: view.status === 'paused' ? text('pauseReason') : null,
        outcome: isClosed ? text('outcome') : null,
        answer: isClosed ? text('answer') : null,
        satisfaction:
          isClosed && Number(view.ratedClosures) === Number(view.closures)
            ? ((view.satisfaction as number | null) ?? null)
            : null,
        mayRate: isClosed && Number(view.ratedClosures) < Number(view.closures),
        mayReopen: isClosed && reopeningRefused({ ...view, reopenings: view.reopenings }, moment.instant) === undefined,
        history: history.flatMap(({ type, occurredAt }) => {
          const said = wordsOfEvents.get(type);
          return said ? [{ type, words: said, occurredAt }] : [];
        }),
      },
      200,
    );
  });

  const done = {
    200: {
      description: 'journalled',
      content: { 'application/json': { schema: z.object({ reportId: z.string(), status: z.string() }) } },
    },
    ...problemResponses,
    ...conflictResponses,
    ...tooOften,
  };

  const rateRoute = createRoute({
    method: 'post',
    path: '/api/citizens/follow/{reference}/rate',
    summary: 'The reporter judges the answer, once',
    request: {
      params: referenceParams,
      query: districtQuery,
      body: jsonBody(z.object({ satisfaction: z.number().int().min(1).max(5), note: z.string().max(4000).optional() })),
    },
    responses: done,
  });
  app.openapi(rateRoute, async (context) => {
    const { district } = context.req.valid('query');
    assertNotTooOften(parts, context, 'send', district);
    const reportId = await reportOfReference(parts, district, context.req.valid('param').reference);
    const { satisfaction, note } = context.req.valid('json');
    const stamped = await stamp(parts, district, callerOf(context), (of) => kept.newestKnown(database, of));
    await runEntityCommand<EntityState>(parts, district, {
      ifMatch: undefined,
      read: () => readReport(parts, district, reportId),
      decide: (current) => {
        if (!current?.state.reported) throw noSuchReference();
        const { status, statusSince, closures, ratedClosures, unit } = current.state;
        if (status !== 'closed')
          throw refusedNow('An answer is judged once it is there', 'Chưa có trả lời để đánh giá', status);
        if (Number(ratedClosures) >= Number(closures))
          throw refusedNow('This answer was judged already', 'Lần trả lời này đã được đánh giá', status);
        const since = new Date(statusSince).toISOString();
        const occurredAt = stamped.now > since ? stamped.now : since;
        return stampedFact({ ...stamped, eventId: `${reportId}/rated/${Number(closures)}` }, reportRated, {
          source: 'citizens',
          time: occurredAt,
          data: {
            ...{ reportId, occurredAt, satisfaction },
            ...(typeof unit === 'string' ? { ratedUnit: unit } : {}),
            ...(note ? { ratingNote: note } : {}),
          },
        }).message;
      },
    });
    return context.json({ reportId, status: 'closed' }, 200);
  });

  const reopenRoute = createRoute({
    method: 'post',
    path: '/api/citizens/follow/{reference}/reopen',
    summary: 'The reporter asks for the report to be opened again, as the policy lets him',
    request: {
      params: referenceParams,
      query: districtQuery,
      body: jsonBody(z.object({ reason: z.string().min(1).max(4000) })),
    },
    responses: done,
  });
  app.openapi(reopenRoute, async (context) => {
    const { district } = context.req.valid('query');
    assertNotTooOften(parts, context, 'send', district);
    const reportId = await reportOfReference(parts, district, context.req.valid('param').reference);
    const { reason } = context.req.valid('json');
    const stamped = await stamp(parts, district, callerOf(context), (of) => kept.newestKnown(database, of));
    await runEntityCommand<EntityState>(parts, district, {
      ifMatch: undefined,
      read: () => readReport(parts, district, reportId),
      decide: (current) => {
        const data = { reportId, occurredAt: stamped.now, reopenReason: reason };
        const { definition, ...fact } = decideStep(report, 'reopen', current, data, stamped.now, stamped.timeZone);
        return stampedFact(stamped, definition, { source: 'citizens', ...fact }).message;
      },
    });
    return context.json({ reportId, status: 'reopened' }, 200);
  });

  const photoOfReport = createRoute({
    method: 'get',
    path: '/api/citizens/photos/{hash}',
    summary: 'A picture of a report, without metadata',
    request: { params: z.object({ hash: identifier }), query: districtQuery },
    responses: {
      200: { description: 'the picture', content: { 'image/*': { schema: z.string().openapi({ format: 'binary' }) } } },
      ...problemResponses,
    },
  });
  app.openapi(photoOfReport, async (context) => {
    const { district } = context.req.valid('query');
    const found = await photos.get(district, context.req.valid('param').hash);
    if (!found) throw new Problem(404, 'No such picture', { vietnamese: { title: 'Không có ảnh này' } });
    return context.body(new Uint8Array(found.bytes), 200, {
      'content-type': found.mediaType,
      'cache-control': 'private, max-age=31536000, immutable',
    });
  });
}

const refusedNow = (title: string, vietnamese: string, currentStatus: string) =>
  new Problem(409, title, { vietnamese: { title: vietnamese }, extensions: { currentStatus } });

const nowhere = () =>
  new Problem(422, 'The request does not fit', {
    errors: ['json.location', 'json.address'].map((field) => ({
      ...{ field, reason: 'a place on the map or an address' },
      words: { vi: 'cần vị trí trên bản đồ hoặc địa chỉ', en: 'a place on the map or an address' },
    })),
  });

const unknownPhoto = (field: string, value: string) =>
  new Problem(422, 'The request does not fit', {
    errors: [
      {
        ...{ field, value, reason: 'a hash that POST photos answered' },
        words: { vi: 'ảnh chưa được gửi lên', en: 'a hash that POST photos answered' },
      },
    ],
  });
