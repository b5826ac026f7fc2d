import type { Transaction } from '#platform/database.ts';
import type { Entry, Projection } from '#platform/projection.ts';
import type { Recorded } from '../lifecycle/fold.ts';
import { readCurrent } from '../lifecycle/read-rows.ts';
import type { EntityTables, Placed } from '../lifecycle/tables.ts';
import type { Due } from './due.ts';
import { forgetDueTimes, writeDueTimes } from './due-rows.ts';

/** How an owner declares its due times. */
export interface DueDeclaration<State> {
  /** `schema.due_times`. */
  table: string;
  /** Pure: what is due of an entity as it is now; nothing once it has ended, or was said. `timeZone`: of the district, for `endOfTerm`. */
  duesOf: (state: State, district: { timeZone: string }) => readonly Due[];
  /** States of entities in the transaction's own eyes; who is left out has none any more. */
  readStates: (
    transaction: Transaction,
    district: string,
    ids: readonly string[],
  ) => Promise<ReadonlyMap<string, State>>;
  /** Entities that the entries changed; left out: those that their subjects name. */
  idsOf?: (entries: readonly Entry[]) => string[];
}

/** `readStates` of an entity that `lifecycle/` keeps. */
export const currentStates =
  <State extends Placed, Event extends Recorded>(
    tables: EntityTables<State, Event>,
  ): DueDeclaration<State>['readStates'] =>
  async (transaction, district, ids) =>
    new Map([...(await readCurrent(transaction, tables, district, ids))].map(([id, { state }]) => [id, state]));

const idOfSubject = (subject: string): string => subject.split('.').at(-1)!;

/** Where nobody knows the zone, days turn as they do at home. */
const zoneSql = `SELECT time_zone AS "timeZone" FROM geography.published_districts WHERE district = $1`;
const zoneOfHome = 'Asia/Ho_Chi_Minh';

/** The same projection, which writes due times in the transaction in which it writes the states that they follow from. */
export function withDueTimes<Event, State>(
  projection: Projection<Event>,
  { table, duesOf, readStates, idsOf }: DueDeclaration<State>,
): Projection<Event> {
  return {
    ...projection,
    apply: async (transaction, district, entries) => {
      const touched = await projection.apply(transaction, district, entries);
      const ids = [...new Set(idsOf?.(entries) ?? entries.map(({ subject }) => idOfSubject(subject)))];
      const states = await readStates(transaction, district, ids);
      const { rows } = await transaction.query<{ timeZone: string }>(zoneSql, [district]);
      const zone = { timeZone: rows[0]?.timeZone ?? zoneOfHome };
      await writeDueTimes(
        transaction,
        { table },
        district,
        new Map(
          ids.map((id) => {
            const state = states.get(id);
            return [id, state === undefined ? [] : duesOf(state, zone)];
          }),
        ),
      );
      return touched;
    },
    forget: async (transaction, district) => {
      await projection.forget(transaction, district);
      await forgetDueTimes(transaction, { table }, district);
    },
    ...(projection.forgetSubject && {
      forgetSubject: async (transaction, district, subject) => {
        const subjects = await projection.forgetSubject!(transaction, district, subject);
        await forgetDueTimes(transaction, { table }, district, (subjects ?? [subject]).map(idOfSubject));
        return subjects;
      },
    }),
  };
}
