import { afterAll, beforeAll, expect, test } from 'vitest';
import { schemaOf } from '#contracts/subsystem.ts';
import { deleteDistrictStream } from '#platform/journal.ts';
import { append } from '#platform/testing/requests.ts';
import type { ServiceUnderTest } from '#platform/testing/service.ts';
import { openTestDistrict } from '../district/testing/district.ts';
import { keptIn } from './entity/reads.ts';
import { readCurrent, readVersioned } from './read-rows.ts';
import { messageOf, startDeclared } from './testing/declared.ts';
import app from './testing/trees/app.ts';
import { trees } from './testing/trees/declaration.ts';
import { tree } from './testing/trees/tree.ts';

let service: ServiceUnderTest;
let district: string;
const { tables } = keptIn(schemaOf(trees)!, tree);
beforeAll(async () => {
  service = await startDeclared(trees, app());
  district = await openTestDistrict(service);
});
afterAll(async () => {
  await deleteDistrictStream(service.parts.broker, district);
  await service.stop();
});

const planted = (treeId: string) =>
  messageOf(district, tree.told, { treeId, occurredAt: '2021-10-01T00:00:00Z', species: 'other' });
const pruned = (treeId: string) =>
  messageOf(district, tree.stepEvents.prune!, { treeId, occurredAt: '2021-10-02T00:00:00Z' });
const current = async (treeId: string) =>
  (await readCurrent(service.parts.database, tables, district, [treeId])).get(treeId);

test('a fact that comes between head and state leaves the older head: the journal then refuses the decision', async () => {
  await append(service, district, [planted('a')]);
  const read = await readVersioned(service.parts.database, tables, district, 'a', async () => {
    await append(service, district, [pruned('a')]);
    return current('a');
  });
  expect(read!.state.status).toBe('pruned');
  expect(read!.subjectSequence).toBeLessThan(read!.sequence);
});

test('a fact that was sent again moves the head and leaves the version', async () => {
  await append(service, district, [planted('b'), { ...planted('b'), id: 'again' }]);
  const read = await readVersioned(service.parts.database, tables, district, 'b', () => current('b'));
  expect(read!.subjectSequence).toBe(read!.sequence + 1);
});

test('what was never told of is undefined', async () => {
  expect(
    await readVersioned(service.parts.database, tables, district, 'nobody', () => current('nobody')),
  ).toBeUndefined();
});
