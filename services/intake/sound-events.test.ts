import { expect, test } from 'vitest';
import '../services.ts';
import { soundEvents } from './testing/nasty-events.ts';

test('every event that the door may be sent has an example that its schema takes, so that all are tried with what is nasty', () => {
  const refused = soundEvents().flatMap(({ definition, data }) => {
    const { success, error } = definition.schema.safeParse(data);
    return success ? [] : [{ type: definition.type, issues: error.issues }];
  });
  expect(refused).toEqual([]);
  expect(soundEvents().map(({ definition }) => definition.type)).toEqual(
    expect.arrayContaining(['case-confirmed', 'report-received', 'officer-registered', 'directive-issued']),
  );
});
