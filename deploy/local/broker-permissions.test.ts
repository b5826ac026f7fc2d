import { describe, expect, test } from 'vitest';
import { eventDefinitions } from '../../services/contracts/catalogue.ts';
import { brokerPermissions, type PublishedEvent } from './broker-permissions.ts';

const definitions: PublishedEvent[] = [
  {
    service: 'economy',
    noun: 'business',
    publishedBy: ['economy', 'import'],
    consumedBy: ['economy', 'geography', 'live'],
  },
  { service: 'economy', noun: 'business', publishedBy: ['economy', 'intake'], consumedBy: ['economy', 'live'] },
  { service: 'ml', noun: 'risk', publishedBy: ['ml'], consumedBy: ['ml', 'live'] },
  { service: 'geography', noun: 'area', publishedBy: ['geography'], consumedBy: ['geography'] },
];
const permissionsOf = (programme: string) => {
  const permissions = brokerPermissions(programme, definitions);
  if (!permissions) throw new Error(`${programme} has none`);
  return permissions;
};
const journal = (programme: string) =>
  permissionsOf(programme).publish.allow.filter((subject) => subject.startsWith('vx.'));
const consumers = (programme: string) =>
  permissionsOf(programme)
    .publish.allow.filter((subject) => subject.includes('CONSUMER.CREATE'))
    .map((subject) => subject.replace('$JS.API.CONSUMER.CREATE.*.*', ''));

describe('broker permissions', () => {
  test('a service publishes what it says, each subject once', () => {
    expect(journal('economy')).toEqual(['vx.*.economy.business.>']);
    expect(journal('ml')).toEqual(['vx.*.ml.risk.>']);
  });

  test('the door publishes what programmes outside say too, and nothing else', () => {
    expect(journal('intake')).toEqual(['vx.*.economy.business.>']);
    expect(consumers('intake')).toEqual([]);
  });

  test('who only hears publishes nothing to the journal', () => {
    expect(journal('live')).toEqual([]);
  });

  test.each(['import', 'replay', 'drill', 'nobody'])('%s has no user', (programme) => {
    expect(brokerPermissions(programme, definitions)).toBeUndefined();
  });

  test('a service reads its own subjects and those that it hears; live reads all', () => {
    expect(consumers('ml')).toEqual(['.vx.*.ml.risk.>', '.vx.*.ml.>']);
    expect(consumers('geography')).toEqual(['.vx.*.economy.business.>', '.vx.*.geography.area.>', '.vx.*.geography.>']);
    expect(consumers('live')).toEqual(['']);
  });

  test('geography reads what changes a point of the map, whoever says it', () => {
    const definition = { service: 'trees', noun: 'tree', publishedBy: ['trees'], consumedBy: ['trees'], point: {} };
    const allowed = brokerPermissions('geography', [...definitions, definition])!.publish.allow;
    expect(allowed).toContain('$JS.API.CONSUMER.CREATE.*.*.vx.*.trees.tree.>');
  });

  test('the newest message is asked of own subjects alone', () => {
    const asked = (programme: string) =>
      permissionsOf(programme).publish.allow.filter((subject) => subject.includes('DIRECT.GET'));
    expect(asked('economy')).toEqual(['$JS.API.DIRECT.GET.*.vx.*.economy.>']);
    expect([asked('intake'), asked('live')]).toEqual([[], []]);
  });

  test('replies, announcements and dead letters are its own', () => {
    expect(permissionsOf('ml').subscribe.allow).toContain('_INBOX.ml.>');
    expect(permissionsOf('ml').publish.allow).toEqual(expect.arrayContaining(['vxa.committed.*.ml', 'vxdead.>']));
    expect(permissionsOf('live').publish.allow.filter((subject) => !subject.startsWith('$JS.'))).toEqual([]);
  });

  test('no list is empty: the broker would take an empty one for everything', () => {
    for (const programme of ['geography', 'economy', 'ml', 'intake', 'live'])
      for (const { allow } of Object.values(permissionsOf(programme))) expect(allow.length).toBeGreaterThan(0);
  });

  test('only geography makes and deletes streams, and nobody changes one', () => {
    for (const programme of ['geography', 'epidemic', 'urban-order', 'economy', 'intake', 'ml', 'live']) {
      const api = brokerPermissions(programme, eventDefinitions())!.publish.allow.filter((subject) =>
        subject.startsWith('$JS.API.STREAM.'),
      );
      const changes = api.filter((subject) => !/STREAM\.(LIST|INFO\.\*|MSG\.GET\.\*)$/.test(subject));
      expect([programme, changes]).toEqual([
        programme,
        programme === 'geography' ? ['$JS.API.STREAM.CREATE.*', '$JS.API.STREAM.DELETE.*'] : [],
      ]);
    }
  });
});
