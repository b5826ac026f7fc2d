import { createHash } from 'node:crypto';

/** What will be said of an entity at a time, if nothing ends it before. Its owner's projection makes it from the state of the entity; pure. */
export interface Due {
  /** The rule by which it is due, such as `reminded-48h`. With `sequence` and the entity it is the event's id: it is said once, ever. */
  rule: string;
  /** Which of several by the same rule: the step, the day, how often it was opened again. */
  sequence: number;
  /** RFC 3339. */
  dueAt: string;
  /** Type of the event. */
  type: string;
  /** Its data, but for `occurredAt`, which is `dueAt`. */
  data: Readonly<Record<string, unknown>>;
}

/** A due time of an entity, as the engine reads it from the rows of its owner. */
export interface DueRow extends Due {
  entityId: string;
  /** The last message on the entity's subject that the rows have: it is said only while nothing newer stands there. */
  headSequence: number;
}

/** Longest id of an event (contracts/cloud-event.ts). */
const longestId = 128;

/** The id of the event that a due time becomes: the same in every copy, after every restart and rebuild. */
export function dueEventId({ entityId, rule, sequence }: Pick<DueRow, 'entityId' | 'rule' | 'sequence'>): string {
  const plain = `${entityId}/${rule}/${sequence}`;
  return plain.length <= longestId ? plain : createHash('sha256').update(plain).digest('hex');
}

/** The order in which due times are said: by time, then by name, so that two copies agree. */
export function compareDue(one: DueRow, other: DueRow): number {
  const name = ({ entityId, rule, sequence }: DueRow) => `${entityId}/${rule}/${String(sequence).padStart(12, '0')}`;
  const [a, b] = [name(one), name(other)];
  return Date.parse(one.dueAt) - Date.parse(other.dueAt) || (a < b ? -1 : a > b ? 1 : 0);
}

/**
 * What can be said at once: up to the second due time of an entity, since each has to be written before its entity's next is decided.
 *
 * @param rows in their order
 */
export function sayableAtOnce(rows: readonly DueRow[]): DueRow[] {
  const entities = new Set<string>();
  const end = rows.findIndex(({ entityId }) => entities.size === entities.add(entityId).size);
  return end === -1 ? [...rows] : rows.slice(0, end);
}
