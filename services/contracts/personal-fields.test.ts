import { describe, expect, test } from 'vitest';
import { services } from '../services.ts';
import { eventDefinitions } from './catalogue.ts';
import { type FieldSchema, fieldsOfSchema } from './schema-fields.ts';

const ofPersons = eventDefinitions().filter(({ dataClass }) => dataClass === 'person');

/** Text that anybody may write, and places. A day and a word of a list tell of many persons the same. */
const tellsOfOne = ({ type, format, enum: words, properties }: FieldSchema) =>
  (type === 'string' && !words && format !== 'date' && format !== 'date-time') ||
  (properties?.lon !== undefined && properties.lat !== undefined);

test('there are facts about persons', () => {
  expect(services.length).toBeGreaterThan(0);
  expect(ofPersons.length).toBeGreaterThanOrEqual(4);
});

describe.each(ofPersons.map((definition) => [definition.type, definition] as const))('%s', (_, definition) => {
  test('says of every text and position what it tells of the person, and of nothing else', () => {
    const fields = fieldsOfSchema(definition.schema, tellsOfOne).map(({ path }) => path);
    expect(Object.keys(definition.personal ?? {}).toSorted()).toEqual(fields.toSorted());
  });

  test('tells browsers nothing that identifies a person', () => {
    const told = [...(definition.live?.values ?? []), ...(definition.live?.entity ?? [])];
    const identifying = told.filter((field) =>
      ['identifies', 'may-identify'].includes(definition.personal?.[field] ?? 'describes'),
    );
    expect(identifying).toEqual([]);
  });
});

test('what is no fact about a person declares nothing of one', () => {
  expect(eventDefinitions().filter(({ dataClass, personal }) => dataClass !== 'person' && personal)).toEqual([]);
});
