import { createRoute, z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { acceptedShape, areaFigures, pageShape, toldEvent } from '#contracts/http/entities.ts';
import { areaQuery, asOfQuery, districtQuery, pageQuery, readAnswers } from '#contracts/http.ts';
import { identifier, instant, position } from '#contracts/primitives.ts';
import type { App } from '#platform/app.ts';
import { etagOf } from '#platform/command.ts';
import type { ServiceParts } from '#platform/service.ts';
import { pointsWanted } from '../../district/point-cells.ts';
import { callerOf, type Stamp, stamp, stampedFact } from '../../district/stamp.ts';
import { notKnownThen } from '../problems.ts';
import { pointsHeaders } from '../read-points.ts';
import { readCurrent, readVersioned } from '../read-rows.ts';
import {
  areasShown,
  changedAnswers,
  createdAnswers,
  idParams,
  ifMatchHeader,
  jsonBody,
  languageQuery,
  newIdentifier,
  pointsAnswers,
} from '../route-shapes.ts';
import { type CommandParts, runEntityCommand } from '../run-command.ts';
import type { Entity, EntityData } from './entity.ts';
import { historyWithout, withheldFields, without } from './guarded.ts';
import {
  type EntityView,
  entityCells,
  entityFigures,
  entityFilterOf,
  entityPoints,
  findEntity,
  historyOfEntity,
  type KeptEntity,
  listEntities,
} from './reads.ts';
import { decideReport, decideStep, type EntityDecision, type EntityState } from './state.ts';

/** Name of a schema in the OpenAPI document: `permit`, `Page` → `PermitPage`. */
const named = ({ noun }: Entity, what = '') => `${noun[0]!.toUpperCase()}${noun.slice(1)}${what}`;

/** An entity as known at the moment asked for. */
const viewSchema = (entity: Entity) =>
  z
    .object({
      [entity.idField]: z.string(),
      ...Object.fromEntries(
        Object.entries({ ...entity.fields, ...entity.derived }).map(([name, { schema }]) => [name, schema.nullable()]),
      ),
      status: z.enum(Object.keys(entity.statuses)),
      statusSince: z.string(),
      occurredAt: z.string(),
      knownAt: z.string(),
      location: position.nullable(),
      areaId: z.string().nullable(),
      irregular: z.array(z.string()).openapi({ description: 'why steps were out of the lawful order' }),
      lawfulSteps: z.array(z.enum(Object.keys(entity.steps))),
      firstSequence: z.number(),
      version: z.number().openapi({ description: 'the ETag, without quotes' }),
    })
    .openapi(named(entity));

const historyEntry = z.object({ ...toldEvent, occurredAt: z.string(), irregular: z.string().nullable() });

/** GET list, one, points and figures. Every read looks from `asOf`. */
export function addEntityReadRoutes(
  app: App,
  kept: KeptEntity,
  { database, now }: Pick<ServiceParts, 'database' | 'now'>,
): void {
  const { entity, momentOf } = kept;
  const { address, listAddress, noun, plural } = entity;
  const filter = entityFilterOf(entity);
  const view = viewSchema(entity);

  const listRoute = createRoute({
    method: 'get',
    path: listAddress,
    summary: `${plural}, newest first`,
    request: { query: filter.extend(pageQuery.shape) },
    responses: readAnswers(
      'a page, with the total of the filter',
      z.object(pageShape(view)).openapi(named(entity, 'Page')),
    ),
  });
  app.openapi(listRoute, async (context) => {
    const { limit, cursor, ...wanted } = context.req.valid('query');
    const moment = await momentOf(database, wanted.district, wanted.asOf, now());
    const page = await listEntities(database, kept, moment, wanted, { limit, cursor });
    const withheld = withheldFields(entity, context, wanted.district);
    const items = page.items.map((row) => without(row, withheld));
    return context.json({ asOf: moment.instant, ...page, items }, 200);
  });

  const oneRoute = createRoute({
    method: 'get',
    path: `${listAddress}/{id}`,
    summary: `A ${noun} with its events`,
    request: { params: idParams, query: asOfQuery },
    responses: readAnswers(
      `the ${noun}; ETag is its version`,
      view.extend({ history: z.array(historyEntry) }).openapi(named(entity, 'Detail')),
    ),
  });
  app.openapi(oneRoute, async (context) => {
    const { district, asOf } = context.req.valid('query');
    const { id } = context.req.valid('param');
    const moment = await momentOf(database, district, asOf, now());
    const found = await findEntity(database, kept, moment, id);
    if (!found) throw notKnownThen(noun, id, moment);
    const withheld = withheldFields(entity, context, district);
    const history = historyWithout(await historyOfEntity(database, kept, moment, id), withheld);
    context.header('etag', etagOf(found.version));
    return context.json({ ...without(found, withheld), history }, 200);
  });

  const pointsRoute = createRoute({
    method: 'get',
    path: `${address}/points`,
    summary: `Located ${plural} of a filter in 16 bytes each, or counted by cell`,
    request: { query: filter.extend(pointsWanted.shape) },
    responses: pointsAnswers,
  });
  app.openapi(pointsRoute, async (context) => {
    const { cellZoom, clock: _none, ...wanted } = context.req.valid('query');
    const moment = await momentOf(database, wanted.district, wanted.asOf, now());
    if (cellZoom !== undefined) return context.json(await entityCells(database, kept, moment, wanted, cellZoom), 200);
    const points = await entityPoints(database, kept, moment, wanted);
    return context.body(new Uint8Array(points.bytes), 200, pointsHeaders(points, moment.instant));
  });

  const figuresRoute = createRoute({
    method: 'get',
    path: `${address}/figures`,
    summary: 'Figures of the district and of each area, each with the list that sums to it',
    request: { query: areaQuery.extend({ language: languageQuery }) },
    responses: readAnswers(
      'areaId null: the whole district, with what lies in no area',
      z.object({ asOf: z.string(), day: z.string(), areas: areaFigures }).openapi(named(entity, 'Figures')),
    ),
  });
  app.openapi(figuresRoute, async (context) => {
    const { district, asOf, areaId, language } = context.req.valid('query');
    const moment = await momentOf(database, district, asOf, now());
    const areas = areasShown(await entityFigures(database, kept, moment, language), areaId, moment);
    return context.json({ asOf: moment.instant, day: moment.day, areas }, 200);
  });
}

/** POST to the list: makes one known. POST below one: a step; one that is not lawful answers 409 with the lawful ones. */
export function addEntityCommandRoutes(app: App, kept: KeptEntity, parts: CommandParts): void {
  const { entity, momentOf, newestKnown, tables } = kept;
  const { idField, listAddress, noun, service: source } = entity;
  const { database, now, newId } = parts;
  const view = viewSchema(entity);
  const accepted = z
    .object({ [idField]: z.string(), ...acceptedShape, [noun]: view.nullable() })
    .openapi(named(entity, 'Accepted'));
  const occurredAt = instant.optional().openapi({ description: 'left out: now' });
  const bodyOf = (says: readonly string[], required: boolean) =>
    Object.fromEntries(
      says.map((name) => {
        const { schema, optional } = entity.fields[name]!;
        return [name, optional || !required ? schema.optional() : schema];
      }),
    );
  const readOne = async (context: Context, district: string, id: string): Promise<EntityView | null> => {
    const moment = await momentOf(database, district, undefined, now());
    const found = await findEntity(database, kept, moment, id);
    return found ? without(found, withheldFields(entity, context, district)) : null;
  };
  const readForCommand = (district: string, id: string) =>
    readVersioned(database, tables, district, id, async () =>
      (await readCurrent(database, tables, district, [id])).get(id),
    );

  const journalled = (stamped: Stamp, { definition, ...fact }: EntityDecision) =>
    stampedFact(stamped, definition, { source, ...fact }).message;

  const place = { location: position.optional(), areaId: identifier.optional() };
  const reportRoute = createRoute({
    method: 'post',
    path: listAddress,
    summary: `Makes a ${noun} known`,
    request: {
      query: districtQuery,
      body: jsonBody(
        z
          .object({ ...bodyOf(entity.toldFields, true), [idField]: newIdentifier, occurredAt, ...place })
          .openapi(named(entity, 'Report')),
      ),
    },
    responses: createdAnswers(accepted),
  });
  app.openapi(reportRoute, async (context) => {
    const { district } = context.req.valid('query');
    const body: Partial<EntityData> = context.req.valid('json');
    const stamped = await stamp(parts, district, callerOf(context), (of) => newestKnown(database, of));
    const id = String(body[idField] ?? newId());
    const data = { ...body, [idField]: id, occurredAt: body.occurredAt ?? stamped.now };
    const { sequence, projected, etag } = await runEntityCommand<EntityState>(parts, district, {
      ifMatch: undefined,
      read: () => readForCommand(district, id),
      decide: (current) => journalled(stamped, decideReport(entity, current, data, stamped.now)),
    });
    return context.json({ [idField]: id, sequence, projected, [noun]: await readOne(context, district, id) }, 201, {
      etag,
      location: `${listAddress}/${id}?district=${district}`,
    });
  });

  for (const [step, { to, says = [] }] of Object.entries(entity.steps)) {
    const stepRoute = createRoute({
      method: 'post',
      path: `${listAddress}/{id}/${step}`,
      summary: `The ${noun} becomes ${to}`,
      request: {
        params: idParams,
        query: districtQuery,
        headers: ifMatchHeader,
        body: jsonBody(z.object({ ...bodyOf(says, false), occurredAt })),
      },
      responses: changedAnswers(accepted),
    });
    app.openapi(stepRoute, async (context) => {
      const { district } = context.req.valid('query');
      const { id } = context.req.valid('param');
      const body: Partial<EntityData> = context.req.valid('json');
      const stamped = await stamp(parts, district, callerOf(context), (of) => newestKnown(database, of));
      const data = { ...body, [idField]: id, occurredAt: body.occurredAt ?? stamped.now };
      const { sequence, projected, etag } = await runEntityCommand<EntityState>(parts, district, {
        ifMatch: context.req.valid('header')['if-match'],
        read: () => readForCommand(district, id),
        decide: (current) =>
          journalled(stamped, decideStep(entity, step, current, data, stamped.now, stamped.timeZone)),
      });
      return context.json({ [idField]: id, sequence, projected, [noun]: await readOne(context, district, id) }, 200, {
        etag,
      });
    });
  }
}
