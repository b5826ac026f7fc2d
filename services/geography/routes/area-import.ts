import { createRoute, z } from '@hono/zod-openapi';
import { districtQuery, problemResponses } from '#contracts/http.ts';
import { given } from '#contracts/import-kind.ts';
import { type Attribution, attributedEvent } from '#contracts/new-event.ts';
import { askedDay, askedInstant, identifier, shortText } from '#contracts/primitives.ts';
import { appendProblem } from '#platform/command.ts';
import { type DistrictStream, findDistrictStream } from '#platform/journal.ts';
import { clockIn } from '#platform/local-time.ts';
import { Problem, unknownDistrict } from '#platform/problem.ts';
import { readKnownPlaces } from '../../district/known-places.ts';
import { districtClock } from '../../district/moment.ts';
import { callerOf, type Stamp, stamp, stampAt } from '../../district/stamp.ts';
import { areaEvents } from '../import/area-events.ts';
import { importAreas } from '../import/import-areas.ts';
import { judgeLayer, judgeRevisions } from '../import/judge-areas.ts';
import { askAbout, knownAreas, replacedAreas } from '../import/replaced-areas.ts';
import { readDistricts } from '../reads/districts.ts';
import type { AddRoutes, GeographyParts } from './service.ts';

/** Ids with commas between. */
const listOf = (item: typeof identifier) =>
  z
    .string()
    .optional()
    .transform((text) => (text ? text.split(',') : []))
    .pipe(z.array(item));
const property = z.string().min(1).max(120).optional();
const query = districtQuery.extend({
  validFrom: askedDay.openapi({ description: 'first day on which the borders hold' }),
  dryRun: z.enum(['true', 'false']).default('false').openapi({ description: 'true: only report' }),
  level: z
    .enum(['district', 'ward', 'neighbourhood'])
    .default('ward')
    .openapi({ description: 'of features that do not say theirs' }),
  crs: z.string().max(80).optional().openapi({ description: 'such as EPSG:32648; left out: recognised' }),
  rootId: identifier
    .optional()
    .openapi({ description: 'area above those without a parent; joined from them when not drawn' }),
  rootName: shortText.optional(),
  source: z.string().max(400).optional(),
  ends: listOf(identifier).openapi({ description: 'known areas that the layer covers in part, and that end' }),
  keeps: listOf(identifier).openapi({ description: 'known areas that the layer covers, and that stay' }),
  centre: z
    .string()
    .regex(/^-?\d+(\.\d+)?,-?\d+(\.\d+)?$/)
    .transform((text) => {
      const [lon, lat] = text.split(',').map(Number);
      return { lon: lon!, lat: lat! };
    })
    .optional()
    .openapi({
      type: 'string',
      description: 'LON,LAT of a district that is to be registered: its layer can be tried before',
    }),
  recordedTime: askedInstant.optional().openapi({
    description: 'recorded districts only: when this became known; left out: with the newest of its places',
  }),
  idProperty: property,
  nameProperty: property,
  parentProperty: property,
  codeProperty: property,
  levelProperty: property,
});

const answer = z.object({
  report: z.looseObject({ features: z.number(), accepted: z.number() }),
  areas: z.number().int().openapi({ description: 'areas said to the journal, joined parents among them' }),
  sequence: z.number().int().nullable(),
  projected: z.boolean(),
});

const route = createRoute({
  method: 'post',
  path: '/api/geography/imports/areas',
  request: {
    query,
    body: { required: true, content: { 'application/geo+json': { schema: z.looseObject({}) } } },
  },
  responses: {
    200: { description: 'what became of the file', content: { 'application/json': { schema: answer } } },
    ...problemResponses,
  },
});

/** A layer of areas in one request: checked, repaired, reported, and said to the journal unless it is a dry run. */
export const areaImportRoutes: AddRoutes = (app, parts) => {
  app.openapi(route, async (context) => {
    const asked = context.req.valid('query');
    const { district } = asked;
    const stream = await findDistrictStream(parts.broker, district);
    const dryRun = asked.dryRun === 'true';
    if (!stream && !(dryRun && asked.centre)) throw unknownDistrict(district);
    const stamped = dryRun || !stream ? undefined : await stampOf(parts, stream, callerOf(context), asked.recordedTime);
    const [registered] = await readDistricts(parts.database, district);
    const read = await importAreas(parts.database, await context.req.text(), {
      validFrom: asked.validFrom,
      level: asked.level,
      crs: asked.crs,
      near: registered ? { lon: registered.lon, lat: registered.lat } : asked.centre,
      root: asked.rootId
        ? { areaId: asked.rootId, name: asked.rootName ?? registered?.name ?? asked.rootId }
        : undefined,
      source: asked.source,
      mapping: given({
        id: asked.idProperty,
        name: asked.nameProperty,
        parent: asked.parentProperty,
        code: asked.codeProperty,
        level: asked.levelProperty,
      }),
    });
    const places = registered
      ? await readKnownPlaces(parts.database, district)
      : { ...(asked.centre ? { centre: asked.centre } : {}), areas: new Map() };
    const clock = clockIn(new Date(stamped?.now ?? parts.now()), stream?.timeZone);
    // A parent that is known keeps its outline: joined from a layer of three wards, a district would be three wards.
    const known = new Set(await knownAreas(parts.database, district, asked.validFrom));
    const joined = new Set(read.report.derivedParents.map(({ id }) => id).filter((id) => known.has(id)));
    read.report.derivedParents = read.report.derivedParents.filter(({ id }) => !joined.has(id));
    const layer = judgeLayer(
      { ...read, areas: read.areas.filter(({ areaId }) => !joined.has(areaId)) },
      { clock, places },
    );
    const { report, areas: drawn } = layer;
    const { ended, unclear, moved, revisions } = await replacedAreas(parts.database, district, drawn, asked.validFrom, {
      ends: asked.ends,
      keeps: asked.keeps,
    });
    Object.assign(report, { ended, unclear, moved });
    const follows = judgeRevisions(revisions, { clock, places: layer.places });
    if (follows.refused.length > 0)
      throw new Problem(422, 'The layer would break what is known', {
        vietnamese: { title: 'Lớp này làm hỏng địa giới đã biết' },
        errors: follows.refused.flatMap(({ revision, faults }) =>
          faults.map((fault) => ({ ...fault, field: `${revision.areaId}.${fault.field}` })),
        ),
      });
    const areas = [...drawn, ...revisions];
    if (stamped && unclear.length)
      throw new Problem(422, 'The layer covers known areas in part', {
        errors: unclear.map((area) => {
          const words = askAbout(area);
          return { field: 'query.ends', value: area.areaId, reason: words.en, words };
        }),
      });
    if (!stamped) return context.json({ report, areas: areas.length, sequence: null, projected: false }, 200);
    const results = await parts.appender.appendAll(
      areaEvents(areas, stamped).map((event) => attributedEvent(event, stamped).message),
    );
    const refused = results.find((result) => !result.ok);
    if (refused && !refused.ok) throw appendProblem(refused);
    const sequence = Math.max(0, ...results.map((result) => (result.ok ? result.sequence : 0)));
    return context.json(
      { report, areas: areas.length, sequence, projected: await parts.projected(district, sequence) },
      200,
    );
  });
};

const { newestKnown } = districtClock([
  'geography.area_versions.known_at',
  'geography.population_versions.known_at',
  'geography.map_features.known_at',
]);

/** Recorded history may say when a layer became known; left out, it is known with the newest of its places. */
export async function stampOf(
  parts: GeographyParts,
  stream: DistrictStream,
  caller: Attribution,
  recordedTime: string | undefined,
): Promise<Stamp> {
  if (stream.clock === 'recorded' && recordedTime !== undefined)
    return stampAt(new Date(recordedTime), stream, caller, parts.newId());
  return stamp(parts, stream.district, caller, (of) => newestKnown(parts.database, of));
}
