import { messageId } from '#contracts/new-event.ts';
import { readEvent } from '#contracts/read-event.ts';
import { type Subsystem, schemaOf } from '#contracts/subsystem.ts';
import type { App } from '#platform/app.ts';
import type { CommitListener, Projection } from '#platform/projection.ts';
import type { ServiceDefinition } from '#platform/service.ts';
import { districtClock } from '../../district/moment.ts';
import { composeEntityService } from '../compose.ts';
import { fold } from '../fold.ts';
import { readCurrent, readEvents } from '../read-rows.ts';
import type { CommandParts } from '../run-command.ts';
import { locatedRows, tableNames, waitingRows } from '../tables.ts';
import { forgetEntities, forgetRows, writeFolded } from '../write-rows.ts';
import type { Entity } from './entity.ts';
import { entityFigures, type KeptEntity, keptIn } from './reads.ts';
import { addEntityCommandRoutes, addEntityReadRoutes } from './routes.ts';
import { type EntityEvent, type EntityState, evolveEntity } from './state.ts';

/** Versions, events and heads of an entity. Touches the areas whose figures may have changed. */
export function entityProjection(
  { entity, tables }: KeptEntity,
  { name, schema }: { name: string; schema: string },
  committed?: CommitListener,
): Projection<EntityEvent> {
  return {
    name,
    schema,
    filter: (district) => `vx.${district}.${entity.service}.${entity.noun}.>`,
    read: readEvent,
    apply: async (transaction, district, entries) => {
      const idOf = ({ data }: EntityEvent) => String(data[entity.idField]);
      const events = entries.map(({ event }) => event);
      const current = await readCurrent(transaction, tables, district, events.map(idOf));
      const { seen, told } = await readEvents<EntityState, EntityEvent>(transaction, tables, district, {
        ids: events.map(idOf),
        eventKeys: events.map(messageId),
      });
      const folded = fold<EntityState, EntityEvent>(
        entries,
        current,
        seen,
        {
          idOf,
          evolve: (before, { event }) => evolveEntity(entity, before, event),
          orderOf: tables.orderOf,
        },
        told,
      );
      return writeFolded(transaction, tables, district, folded);
    },
    forget: (transaction, district) => forgetRows(transaction, tableNames(tables), district),
    forgetSubject: (transaction, district, subject) =>
      forgetEntities(transaction, tables, district, subject, [subject.split('.').at(-1)!]),
    committed,
  };
}

/**
 * A service of one declared entity: the whole of its app.ts is this, as its default export. `here`: the folder of the service (`import.meta.url` of a
 * file in it), where `migrations/` makes the tables. `addRoutes`: what it answers beside the entity's own routes. `furtherClocks`: columns beside those of the
 * entity by which the clock of recorded history goes on (district/moment.ts).
 */
export function entityService(
  subsystem: Subsystem,
  entity: Entity,
  here: string,
  addRoutes?: (app: App, kept: KeptEntity, parts: CommandParts) => void,
  furtherClocks: readonly string[] = [],
): ServiceDefinition {
  const { name, access } = subsystem;
  const schema = schemaOf(subsystem);
  if (schema === null) throw new Error(`the service "${name}" keeps no rows, and so no entity`);
  const own = keptIn(schema, entity);
  const kept =
    furtherClocks.length === 0
      ? own
      : { ...own, ...districtClock([`${own.tables.versions}.known_at`, ...furtherClocks]) };
  return {
    name,
    schema,
    access,
    migrations: new URL('./migrations/', here),
    compose: (parts) =>
      composeEntityService(parts, {
        name,
        tables: tableNames(kept.tables),
        located: [locatedRows(kept.tables)],
        waiting: waitingRows(kept.tables),
        events: kept.tables.events,
        projection: (committed) => entityProjection(kept, { name, schema }, committed),
        momentNow: (district) => kept.momentOf(parts.database, district, undefined, parts.now()),
        figuresAt: (moment, areaIds) => entityFigures(parts.database, kept, moment, 'en', areaIds),
        addRoutes: (app, commandParts) => {
          addEntityReadRoutes(app, kept, parts);
          addEntityCommandRoutes(app, kept, commandParts);
          addRoutes?.(app, kept, commandParts);
        },
      }),
  };
}
