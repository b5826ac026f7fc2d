import type { EntryField, EntryForm } from '#contracts/entry-form.ts';
import { areaField, placeFields } from '#contracts/import-fields.ts';
import { draft, given, type ImportKind, type ImportRow } from '#contracts/import-kind.ts';
import type { Subsystem } from '#contracts/subsystem.ts';
import type { Entity } from './entity.ts';
import { spellings } from './fields.ts';

/** What a service of one entity declares, beside its name and its words: to be spread into `defineSubsystem`. */
export function facesOf(entity: Entity) {
  return {
    access: accessOf(entity),
    events: [entity.told, ...Object.values(entity.stepEvents), ...Object.values(entity.remarkEvents)],
    feeds: [entity.feed],
    figures: Object.entries(entity.figures).map(([id, { words, main }]) => ({ id, words, ...(main && { main }) })),
    fields: Object.fromEntries(
      Object.entries({ ...entity.fields, ...entity.derived }).map(([name, { words }]) => [name, words]),
    ),
    units: { [entity.plural]: entity.unit },
    forms: formsOf(entity),
    imports: [importKindOf(entity)],
  } satisfies Partial<Subsystem>;
}

/** Every route of routes.ts. */
function accessOf({ noun, dataClass, address, listAddress, steps }: Entity): Subsystem['access'] {
  const read = { action: `${noun}.read`, dataClass };
  return {
    [`GET ${listAddress}`]: { ...read, area: 'query.areaId' },
    [`GET ${listAddress}/:id`]: { ...read, area: 'entity' },
    [`GET ${address}/points`]: { ...read, area: 'query.areaId' },
    [`GET ${address}/figures`]: {
      action: `${noun}.count`,
      dataClass: 'aggregate',
      protection: dataClass === 'person' ? 'rows-only' : 'not-of-persons',
    },
    [`POST ${listAddress}`]: { action: `${noun}.report`, dataClass, area: 'body.areaId' },
    ...Object.fromEntries(
      Object.keys(steps).map((step) => [
        `POST ${listAddress}/:id/${step}`,
        { action: `${noun}.${step}`, dataClass, area: 'entity' },
      ]),
    ),
  };
}

/** A form that makes an entity known, and one for each step. */
function formsOf({ noun, idField, plural, listAddress, toldWords, toldFields, steps, fields }: Entity): EntryForm[] {
  const box = (name: string, mayBeLeftOut: boolean): EntryField => {
    const { entry, words, choices, column, optional, listedAt } = fields[name]!;
    return {
      name,
      type: entry,
      words,
      ...(optional || mayBeLeftOut ? {} : { required: true }),
      ...(listedAt && { listedAt }),
      ...(choices && { options: Object.keys(choices).map((value) => (column === 'text' ? value : Number(value))) }),
    };
  };
  const asked = (names: readonly string[]) => names.filter((name) => !fields[name]!.unasked);
  const form = { idField, feed: plural };
  return [
    {
      ...form,
      kind: noun,
      words: toldWords,
      path: listAddress,
      fields: [
        ...asked(toldFields).map((name) => box(name, false)),
        { name: 'areaId', type: 'area' },
        { name: 'location', type: 'place' },
      ],
    },
    ...Object.entries(steps).map(([step, { words, from, says = [], requires = [] }]) => ({
      ...form,
      kind: `${noun}-${step}`,
      of: noun,
      step,
      after: from,
      words,
      path: `${listAddress}/{${idField}}/${step}`,
      fields: [
        { name: idField, type: 'text' as const, required: true, words: { vi: 'Mã', en: 'Number' } },
        ...asked(says).map((name) => ({
          ...box(name, true),
          ...(requires.includes(name) && { required: true as const }),
        })),
        { name: 'occurredAt', type: 'instant' as const, words: { vi: 'Xảy ra lúc', en: 'Happened' } },
      ],
    })),
  ];
}

/** Files of entities: a row makes one known, and may say that it has another status since. */
function importKindOf(entity: Entity): ImportKind {
  const { noun, idField, plural, words, fields, toldFields, statuses, firstStatus, stepTable, stepEvents } = entity;
  const readAll = (row: ImportRow, names: readonly string[]) =>
    Object.fromEntries(names.map((name) => [name, fields[name]!.read(row, name)]));
  const statusWords = spellings(statuses);
  const required = toldFields.filter((name) => !fields[name]!.optional);
  const stepTo = (status: string) => Object.keys(stepTable.steps).find((step) => stepTable.steps[step]!.to === status)!;
  return {
    name: plural,
    words,
    fields: [
      {
        name: idField,
        type: 'identifier',
        required: true,
        columns: [`${noun} id`, 'id'],
        vague: ['ma', 'ma so', 'so', 'so hieu'],
      },
      {
        name: 'occurredAt',
        type: 'instant',
        required: true,
        columns: ['occurred at', 'reported at', 'thoi gian', 'ngay', 'date', 'time'],
      },
      ...Object.entries(fields).map(([name, { cell: type, columns }]) => ({
        name,
        type,
        columns,
        ...(required.includes(name) && { required: true as const }),
      })),
      { name: 'status', type: 'word', columns: ['status', 'trang thai', 'tinh trang'] },
      { name: 'statusSince', type: 'instant', columns: ['status since', 'trang thai tu', 'tu ngay'] },
      areaField,
      ...placeFields,
    ],
    identity: (row) => row.identifier(idField),
    repeated: 'refuse',
    drafts: (row, { id }) => {
      const occurredAt = row.instant('occurredAt');
      const told: Record<string, unknown> = {
        ...readAll(row, toldFields),
        areaId: row.area('areaId'),
        location: row.position(),
      };
      const status = row.word('status', statusWords) ?? firstStatus;
      const since = row.instant('statusSince') ?? occurredAt;
      const missing = required.filter((name) => told[name] === undefined);
      // A cell that does not fit was told by the row itself.
      for (const name of missing) if (row.plain(name) === '') row.problem(name, { vi: 'thiếu', en: 'missing' });
      if (id === undefined || occurredAt === undefined || since === undefined || missing.length > 0) return [];
      const drafts = [draft(entity.told, occurredAt, { [idField]: id, occurredAt, ...given(told) })];
      if (status !== firstStatus) {
        const step = stepTo(status);
        if (since < occurredAt)
          row.problem('statusSince', {
            vi: `trước ${occurredAt}, lúc được báo`,
            en: `before ${occurredAt}, when it became known`,
          });
        const said = given(readAll(row, entity.steps[step]!.says ?? []));
        drafts.push(draft(stepEvents[step]!, since, { [idField]: id, occurredAt: since, ...said }));
      }
      return drafts;
    },
  };
}
