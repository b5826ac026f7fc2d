import { randomUUID } from 'node:crypto';
import { createRoute, z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { problemResponses } from '#contracts/http.ts';
import { withheldFields, without } from '#lifecycle/entity/guarded.ts';
import { languageQuery } from '#lifecycle/route-shapes.ts';
import { columnName } from '#lifecycle/tables.ts';
import type { App } from '#platform/app.ts';
import { type Language, readerLanguage } from '#platform/reader-language.ts';
import { callerOf } from '../../district/stamp.ts';
import type { CitizenParts } from '../parts.ts';
import { NotAPicture, withoutMetadata } from '../photos/metadata.ts';
import { assertRoom, megabytesOf, waitOf } from '../public/limits.ts';
import { reportOfReference } from '../public/report-of-reference.ts';
import { readReference } from '../reference.ts';
import { report } from '../report/report.ts';
import { outcomes, type Topic, topicIds, topics } from '../report/topics.ts';
import { wardNames } from '../routing/place.ts';
import { unitWords } from '../routing/routing.ts';
import { submit } from '../submission.ts';
import { answered, type GeoGroup, GeoProblem, inItsShape } from './answer.ts';
import { topicAttributes } from './attributes.ts';
import { mostRequests, type RequestFilter, readRequestFilter } from './filter.ts';
import { readBody } from './read-body.ts';
import { type RequestRow, readRequests } from './read-requests.ts';
import { given, readServiceRequest } from './request.ts';

/** Where it is answered. */
export const open311Base = '/api/open311';
const base = `${open311Base}/v2`;

const text = z.unknown().openapi({ type: 'string' });
const either = (description: string) => ({
  description,
  content: { 'application/json': { schema: z.unknown() }, 'text/xml': { schema: z.string() } },
});
const refused = {
  // Before any handler: a body that is too large, an address with a character that no text has.
  413: problemResponses[413],
  422: problemResponses[422],
  ...Object.fromEntries(
    [400, 403, 404, 429, 503, 507].map((status) => [
      status,
      either('a list of errors, each with code and description'),
    ]),
  ),
};
/** Parameters are read by hand: what does not fit is told in the shape of the standard. */
const query = (...names: string[]) =>
  z.object(Object.fromEntries(['jurisdiction_id', ...names].map((name) => [name, text.optional()])));
const fileParams = z.object({ file: z.string().openapi({ description: 'number or code, with .json or .xml' }) });
const withoutFormat = (file: string) => file.replace(/\.(json|xml)$/, '');

/** W3C date and time in UTC, whole seconds. */
const w3c = (at: Date | null): string | null => (at === null ? null : `${at.toISOString().slice(0, 19)}Z`);

/** Open311 GeoReport v2. @see https://wiki.open311.org/GeoReport_v2/ */
export function addOpen311Routes(app: App, parts: CitizenParts): void {
  const { database, kept, photos, now } = parts;

  /** The district of a request. @throws GeoProblem 404 for one that there is not, 400 where several are served and none is named */
  const jurisdictionOf = async (wanted: string | undefined): Promise<{ district: string; name: string }> => {
    const { rows } = await database.query<{ district: string; name: string; exercise: boolean }>(
      'SELECT district, name, exercise FROM geography.published_districts ORDER BY district',
    );
    const asked = wanted?.trim();
    if (asked) {
      const found = rows.find(({ district }) => district === asked);
      if (!found) throw new GeoProblem(404, [`jurisdiction_id: "${asked.slice(0, 100)}" was not found`]);
      return found;
    }
    const real = rows.filter(({ exercise }) => !exercise);
    const only = real.length > 0 ? real : rows;
    if (only.length !== 1)
      throw new GeoProblem(400, [
        `jurisdiction_id: was not provided; there are ${
          only
            .map(({ district }) => district)
            .slice(0, 20)
            .join(', ') || 'none'
        }`,
      ]);
    return only[0]!;
  };
  const languageOf = (context: Context): Language => {
    const asked = languageQuery.safeParse(context.req.query('language'));
    return context.req.query('language') && asked.success
      ? asked.data
      : readerLanguage(context.req.header('accept-language'));
  };
  const mayRead = (context: Context, district: string) => context.var.caller.may('report.read', 'public', { district });
  const assertMayRead = (context: Context, district: string) => {
    if (!mayRead(context, district))
      throw new GeoProblem(403, [
        `jurisdiction_id: reports of ${district} are read with a token, or one by one by the reference number of its reporter`,
      ]);
  };

  const shown = async (
    context: Context,
    district: string,
    rows: readonly RequestRow[],
    { extensions, isOwn }: { extensions: boolean /** Who asks has the whole number of it. */; isOwn: boolean },
  ): Promise<GeoGroup[]> => {
    const language = languageOf(context);
    const { day } = await kept.momentOf(database, district, undefined, now());
    const names = rows.length > 0 ? await wardNames(database, district, day) : new Map<string, string>();
    const unitOf = (unit: string | null) =>
      unit === null ? null : unitWords(unit, (areaId) => names.get(areaId))[language];
    const showsPhotos = context.var.caller.may('report.photo', 'public', { district });
    const withheld = isOwn ? [] : withheldFields(report, context, district);
    return rows.map((row) =>
      requestOf(context, district, withoutColumns(row, withheld), { language, unitOf, showsPhotos, extensions }),
    );
  };

  const discovery = (context: Context) =>
    inItsShape(context, () =>
      answered(context, 'discovery', {
        changeset: '2026-11-30T00:00:00Z',
        contact: 'Quận 7 trực tuyến',
        key_service:
          'No key is needed to send a report; reading those of others needs a token (Authorization: Bearer).',
        endpoints: [
          {
            specification: 'http://wiki.open311.org/GeoReport_v2',
            url: `${originOf(context)}${base}`,
            changeset: '2026-11-30T00:00:00Z',
            type: 'production',
            formats: ['application/json', 'text/xml'],
          },
        ],
      }),
    );
  for (const path of [`${open311Base}/discovery`, `${base}/discovery`])
    for (const format of ['.json', '.xml'])
      app.openapi(
        createRoute({
          method: 'get',
          path: `${path}${format}`,
          summary: 'Open311: what is served, and where',
          responses: { 200: either('endpoints'), ...refused },
        }),
        discovery,
      );

  const services = (context: Context) =>
    inItsShape(context, async () => {
      await jurisdictionOf(context.req.query('jurisdiction_id'));
      const language = languageOf(context);
      return answered(
        context,
        'services',
        topicIds.map((topic) => ({
          service_code: topic,
          service_name: topics[topic][language],
          description: topics[topic][language],
          metadata: topicAttributes[topic] !== undefined,
          type: 'realtime',
          keywords: `${topics[topic].vi}, ${topics[topic].en}`.replaceAll(', ', ',').split(',').join(', '),
          group: groupOf[topic],
        })),
      );
    });

  const definition = (context: Context) =>
    inItsShape(context, async () => {
      await jurisdictionOf(context.req.query('jurisdiction_id'));
      const code = withoutFormat(context.req.param('file')!);
      const topic = topicIds.find((id) => id === code);
      if (!topic) throw new GeoProblem(404, [`service_code: "${code.slice(0, 100)}" was not found`]);
      const language = languageOf(context);
      return answered(context, 'service_definition', {
        service_code: topic,
        attributes: (topicAttributes[topic] ?? []).map(
          ({ code: attribute, datatype, required, words, values = {} }, index) => ({
            variable: true,
            code: attribute,
            datatype,
            required,
            datatype_description: null,
            order: index + 1,
            description: words[language],
            values: Object.entries(values).map(([key, name]) => ({ key, name: name[language] })),
          }),
        ),
      });
    });

  const create = (context: Context) =>
    inItsShape(context, async () => {
      const { pairs, files } = await readBody(context);
      const params = given(pairs);
      const { district } = await jurisdictionOf(params.get('jurisdiction_id')?.[0]);
      const weight = files.reduce((sum, { bytes }) => sum + megabytesOf(bytes), 0);
      const waitMs =
        waitOf(parts, context, 'send', district) || waitOf(parts, context, 'photoMegabytes', district, weight);
      if (waitMs > 0) {
        const seconds = String(Math.ceil(waitMs / 1000));
        throw new GeoProblem(429, [`Too many requests from this network: ask again in ${seconds} s`], {
          'retry-after': seconds,
        });
      }
      const { said, contact } = readServiceRequest(params);
      if (files.length > 0) assertRoom(parts);
      const hashes: string[] = [];
      for (const { name, bytes } of files.filter(({ bytes: { length } }) => length > 0).slice(0, 5))
        try {
          const picture = withoutMetadata(bytes);
          hashes.push(await photos.put(district, picture.bytes, picture.mediaType));
        } catch (error) {
          if (!(error instanceof NotAPicture)) throw error;
          throw new GeoProblem(400, [`${name}: a JPEG, PNG or WebP picture; ${error.message}`]);
        }
      const { reportId, reference } = await submit(parts, district, callerOf(context), {
        submission: randomUUID(),
        said: { ...said, ...(hashes.length > 0 ? { photos: hashes.join(',') } : {}) },
        contact,
      });
      const notice = {
        vi: `Theo dõi bằng mã ${reference}. Xin giữ kín mã này.`,
        en: `Follow it by the reference number ${reference}. Keep it to yourself.`,
      };
      return answered(
        context,
        'service_requests',
        [
          {
            service_request_id: reportId,
            service_notice: notice[languageOf(context)],
            account_id: contact.accountId ?? null,
          },
        ],
        201,
      );
    });

  const list = (context: Context) =>
    inItsShape(context, async () => {
      const { district } = await jurisdictionOf(context.req.query('jurisdiction_id'));
      assertMayRead(context, district);
      const { instant } = await kept.momentOf(database, district, undefined, now());
      const filter = readRequestFilter(context.req.query(), Date.parse(instant));
      return answered(
        context,
        'service_requests',
        await shown(context, district, await readRequests(database, district, filter), {
          extensions: filter.extensions,
          isOwn: false,
        }),
      );
    });

  const one = (context: Context) =>
    inItsShape(context, async () => {
      const { district } = await jurisdictionOf(context.req.query('jurisdiction_id'));
      const typed = withoutFormat(context.req.param('file')!);
      const reportId = await numberOf(context, district, typed);
      const filter: RequestFilter = { ids: [reportId], from: '', to: '', page: 1, pageSize: 1, extensions: false };
      const rows = await readRequests(database, district, filter);
      if (rows.length === 0) throw new GeoProblem(404, [`service_request_id: "${typed.slice(0, 100)}" was not found`]);
      return answered(
        context,
        'service_requests',
        await shown(context, district, rows, {
          extensions: context.req.query('extensions') === 'true',
          isOwn: readReference(typed) !== undefined,
        }),
      );
    });

  /** By its number for who may read, by its whole reference number for its reporter. */
  const numberOf = async (context: Context, district: string, typed: string): Promise<string> => {
    if (!readReference(typed)) {
      assertMayRead(context, district);
      return typed;
    }
    if (waitOf(parts, context, 'follow', district) > 0)
      throw new GeoProblem(429, ['Too many requests from this network']);
    return reportOfReference(parts, district, typed);
  };

  const token = (context: Context) =>
    inItsShape(context, async () => {
      const { district } = await jurisdictionOf(context.req.query('jurisdiction_id'));
      const typed = withoutFormat(context.req.param('file')!);
      if (waitOf(parts, context, 'follow', district) > 0)
        throw new GeoProblem(429, ['Too many requests from this network']);
      if (!readReference(typed)) throw new GeoProblem(404, [`token: "${typed.slice(0, 100)}" was not found`]);
      const reportId = await reportOfReference(parts, district, typed).catch(() => {
        throw new GeoProblem(404, [`token: "${typed.slice(0, 100)}" was not found`]);
      });
      return answered(context, 'service_requests', [{ service_request_id: reportId, token: typed }]);
    });

  const asked = { query: query('language') };
  const filters = {
    query: query(
      'service_request_id',
      'service_code',
      'start_date',
      'end_date',
      'status',
      'page',
      'page_size',
      'updated_after',
      'updated_before',
      'extensions',
      'language',
    ),
  };
  for (const format of ['.json', '.xml']) {
    app.openapi(
      createRoute({
        method: 'get',
        path: `${base}/services${format}`,
        summary: 'Open311: topics of reports',
        request: asked,
        responses: { 200: either('services'), ...refused },
      }),
      services,
    );
    app.openapi(
      createRoute({
        method: 'get',
        path: `${base}/requests${format}`,
        summary: `Open311: reports received in at most 90 days, at most ${mostRequests}, the latest first`,
        request: filters,
        responses: { 200: either('requests'), ...refused },
      }),
      list,
    );
    app.openapi(
      createRoute({
        method: 'post',
        path: `${base}/requests${format}`,
        summary: 'Open311: takes in a report (application/x-www-form-urlencoded)',
        request: asked,
        responses: { 201: either('its number'), ...refused },
      }),
      create,
    );
  }
  const byFile = { params: fileParams, ...asked };
  app.openapi(
    createRoute({
      method: 'get',
      path: `${base}/services/{file}`,
      summary: 'Open311: further questions about a topic',
      request: byFile,
      responses: { 200: either('the definition'), ...refused },
    }),
    definition,
  );
  app.openapi(
    createRoute({
      method: 'get',
      path: `${base}/requests/{file}`,
      summary: 'Open311: one report',
      request: byFile,
      responses: { 200: either('a list of one'), ...refused },
    }),
    one,
  );
  app.openapi(
    createRoute({
      method: 'get',
      path: `${base}/tokens/{file}`,
      summary: 'Open311: the number of a report from its whole reference number',
      request: byFile,
      responses: { 200: either('a list of one'), ...refused },
    }),
    token,
  );
}

/** A row without the columns of fields. */
const withoutColumns = (row: RequestRow, fields: readonly string[]): RequestRow => without(row, fields.map(columnName));

/** Groups of topics, as GeoReport has them. */
const groupOf: Readonly<Record<Topic, string>> = {
  'road-damage': 'street',
  'street-light': 'street',
  drainage: 'street',
  waste: 'environment',
  noise: 'environment',
  building: 'construction',
  'canal-filling': 'construction',
  'street-occupation': 'street',
  tree: 'environment',
  health: 'health',
  security: 'security',
  other: 'other',
};

const originOf = (context: Context): string => context.var.publicOrigin ?? new URL(context.req.url).origin;

/** A report in the words of GeoReport v2. */
function requestOf(
  context: Context,
  district: string,
  row: RequestRow,
  {
    language,
    unitOf,
    showsPhotos,
    extensions,
  }: { language: Language; unitOf: (unit: string | null) => string | null; showsPhotos: boolean; extensions: boolean },
): GeoGroup {
  const isClosed = row.status === 'closed';
  const outcome = row.outcome as keyof typeof outcomes | null;
  const notes = isClosed
    ? [outcome === null ? null : outcomes[outcome][language], row.answer]
    : [row.status === 'paused' ? row.pause_reason : null];
  const [photo] = showsPhotos ? (row.photos?.split(',') ?? []) : [];
  return {
    service_request_id: row.report_id,
    status: isClosed ? 'closed' : 'open',
    status_notes: notes.filter((note) => note !== null).join(': ') || null,
    service_name: topics[row.topic as Topic][language],
    service_code: row.topic,
    description: row.description,
    agency_responsible: unitOf(row.unit),
    service_notice: null,
    requested_datetime: w3c(row.occurred_at),
    updated_datetime: w3c(row.updated_at),
    expected_datetime: w3c(row.due_at),
    address: row.address,
    address_id: row.channel === 'open311' ? row.external_id : null,
    zipcode: null,
    lat: row.lat,
    long: row.lon,
    media_url:
      row.media_url ??
      (photo === undefined ? null : `${originOf(context)}/api/citizens/photos/${photo}?district=${district}`),
    ...(extensions && {
      extended_attributes: {
        state: row.status,
        outcome: row.outcome,
        unit: row.unit,
        area_id: row.area_id,
        channel: row.channel,
        reopenings: row.reopenings,
        photos: row.photos?.split(',').length ?? 0,
        attributes: attributesOf(row.attributes),
      },
    }),
  };
}

/** Answers to further questions: what a file or a feed brought may be no JSON. */
function attributesOf(json: string | null): GeoGroup[] {
  if (json === null) return [];
  try {
    const read: unknown = JSON.parse(json);
    if (typeof read !== 'object' || read === null) return [{ code: 'text', value: json }];
    return Object.entries(read).map(([code, value]) => ({
      code,
      value: Array.isArray(value) ? value.join(', ') : String(value),
    }));
  } catch {
    return [{ code: 'text', value: json }];
  }
}
