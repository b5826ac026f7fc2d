import type { EventData, EventType } from '#contracts/catalogue.ts';
import type { RowReader } from '../row-reader.ts';

export const kindNames = [
  'areas',
  'population',
  'cases',
  'case-counts',
  'vaccination',
  'capacity',
  'violations',
  'businesses',
] as const;
export type KindName = (typeof kindNames)[number];

/** How a field's cells are read, which also says what the survey of the file looks for. */
export type FieldType =
  | 'text'
  | 'identifier'
  | 'area'
  | 'whole'
  | 'number'
  | 'day'
  | 'instant'
  | 'coordinate'
  | 'pair'
  | 'word';

export interface Field {
  name: string;
  type: FieldType;
  /** Every row needs it. */
  required?: true;
  /** Names of columns that mean this, most telling first; compared without case, accents and punctuation. */
  columns: string[];
}

/** A fact that a row stands for. Its event id is computed from its content. */
export interface Draft {
  type: EventType;
  time: string;
  /** When it was known, for recorded history; left out: `time`. */
  recordedTime?: string;
  data: EventData<EventType>;
}

/** Types that `data` belongs to the type. */
export const draft = <Type extends EventType>(
  type: Type,
  time: string,
  data: EventData<Type>,
  recordedTime?: string,
): Draft => ({ type, time, data: data as EventData<EventType>, ...(recordedTime ? { recordedTime } : {}) });

export interface Kind {
  name: KindName;
  fields: Field[];
  /** Fields of which one has to be there, in groups: `[['latitude', 'location']]`. */
  oneOf?: string[][];
  /** The entity that a row is about, for kinds where two rows cannot be the same one. */
  identity?: (row: RowReader) => string | undefined;
  /**
   * What a row means whose entity was on an earlier row with other content. suffix: another entity under the same number, told apart by its
   * content. refuse: a contradiction. update: the entity's next state.
   */
  repeated?: 'suffix' | 'refuse' | 'update';
  /** The facts of a row. Problems are told to the reader and throw nothing. */
  drafts: (row: RowReader, entity: { id: string | undefined; repeated: boolean }) => Draft[];
}
