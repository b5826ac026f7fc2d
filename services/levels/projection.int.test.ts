import { afterAll, beforeAll, expect, test } from 'vitest';
import '../services.ts';
import { newEventOf } from '#contracts/new-event.ts';
import { deleteDistrictStream } from '#platform/journal.ts';
import { allRows, append } from '#platform/testing/requests.ts';
import { type ServiceUnderTest, startServiceUnderTest } from '#platform/testing/service.ts';
import { geographySchema, openTestDistrict } from '../district/testing/district.ts';
import { levelsService } from './app.ts';
import { readDeclarations } from './declared/read-declarations.ts';
import { levelAssessed } from './events/level-assessed.ts';
import { levelDeclared } from './events/level-declared.ts';
import { levelWithdrawn } from './events/level-withdrawn.ts';

let service: ServiceUnderTest;
let district: string;
beforeAll(async () => {
  service = await startServiceUnderTest(levelsService(), {
    others: [
      geographySchema,
      { schema: 'epidemic', migrations: new URL('../epidemic/migrations/', import.meta.url) },
      { schema: 'ml', migrations: new URL('../outlook/migrations/', import.meta.url) },
    ],
  });
  district = await openTestDistrict(service);
}, 120_000);
afterAll(async () => {
  await deleteDistrictStream(service.parts.broker, district);
  await service.stop();
});

const fact = <Data>(id: string, time: string, data: Data) => ({
  ...{ district, source: 'test', id, time, recordedTime: time, exercise: true, data },
});
const declared = (declarationId: string, level: number, time = '2021-11-08T00:00:00Z') =>
  newEventOf(
    levelDeclared,
    fact(declarationId, time, {
      ...{ declarationId, areaId: 'W0', level, policyId: 'qd-4800' as const },
      ...{ takesEffectAt: '2021-11-10T00:00:00Z', reason: 'a reason' },
    }),
  ).message;
const withdrawn = (declarationId: string, areaId = 'W0') =>
  newEventOf(
    levelWithdrawn,
    fact(`${declarationId} ${areaId} gone`, '2021-11-09T00:00:00Z', { declarationId, areaId, reason: 'another' }),
  ).message;
const assessed = (low: number, time: string) =>
  newEventOf(
    levelAssessed,
    fact(`assessed ${time}`, time, {
      ...{ areaId: 'W0', onDay: time.slice(0, 10), policyId: 'qd-4800' as const, low, high: low },
      ...{ decidedBy: 'criterion-1', reasons: [] },
    }),
  ).message;

test('a withdrawal that is heard before what it withdraws; one that names another area; the same rows from the journal again', async () => {
  await append(service, district, [
    withdrawn('d1'),
    declared('d1', 3),
    declared('d2', 2),
    withdrawn('d2', 'W1'),
    assessed(1, '2021-11-08T01:00:00Z'),
    assessed(2, '2021-11-09T01:00:00Z'),
  ]);
  const states = async (asOf?: string) =>
    (await readDeclarations(service.parts.database, { district, asOf })).map(({ declarationId, withdrawal }) => [
      declarationId,
      withdrawal?.reason ?? null,
    ]);
  expect(await states()).toEqual([
    ['d2', null],
    ['d1', 'another'],
  ]);
  expect(await states('2021-11-08T12:00:00Z')).toEqual([
    ['d2', null],
    ['d1', null],
  ]);
  expect(await states('2021-11-07T00:00:00Z')).toEqual([]);
  const tables = ['declarations', 'withdrawals', 'declaration_heads', 'adjustments', 'assessment_versions'];
  const before = await allRows(service, 'levels', tables, district);
  expect(before.assessment_versions).toHaveLength(2);
  await service.rebuild(district, 2);
  expect(await allRows(service, 'levels', tables, district)).toEqual(before);
});
