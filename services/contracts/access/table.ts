import type { DataClass } from '../define-event.ts';
import type { Protection } from './small-cells.ts';

/**
 * Where a request names the district that it is of. Left out: `query.district`.
 *
 * - `all`: it is of every district at once: who is limited to some has no part in it.
 * - `none`: it is of no district (a catalogue, a formula, the state of the services).
 * - `inside`: only the handler can tell (a run by its number, every event of a batch, a list of what may be seen); it asks `permission.ts` of the platform.
 * - `path.…`, `body.…`: a parameter of the path, a field of the JSON body. `path.collectionId`: what stands before its first ".".
 */
export type DistrictPlace =
  | 'query.district'
  | 'none'
  | 'all'
  | 'inside'
  | 'path.id'
  | 'path.collectionId'
  | 'body.district'
  | 'body.districtId';

export interface AccessEntry {
  action: string;
  dataClass: DataClass;
  district?: DistrictPlace;
  /**
   * The field by which the request is of one area, and answers or writes nothing beyond it. Left out: the request is of the whole district, and who is limited to
   * areas has no part in it where areas count (see permissions.ts). `entity`: it is of the entity that the path names, whose area its service knows.
   * `inside`: it brings many things, and the handler asks of each.
   */
  area?: 'query.areaId' | 'body.areaId' | 'entity' | 'inside';
  /** What it tells somebody who may see no rows of persons: said of every row with data class `aggregate`. */
  protection?: Protection;
}

/** "METHOD /path" (Hono's form, `:id` for parameters) → action, data class, and where district and area are named. */
export type AccessTable = Record<string, AccessEntry>;
