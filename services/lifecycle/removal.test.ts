import { expect, test } from 'vitest';
import '../services.ts';
import { programmeActor } from '#contracts/actor.ts';
import { eventDefinitions } from '#contracts/catalogue.ts';
import type { CloudEvent } from '#contracts/cloud-event.ts';
import { toSeal } from '#contracts/seal-event.ts';
import type { PersonKeys } from '#platform/person-keys.ts';
import { Problem } from '#platform/problem.ts';
import type { ServiceParts } from '#platform/service.ts';
import type { Stamp } from '../district/stamp.ts';
import { removeBeside } from './removal.ts';

const definitionOf = (type: string) => eventDefinitions().find((definition) => definition.type === type)!;
const at = '2026-11-30T00:00:00.000Z';
const stamped: Stamp = {
  ...{
    district: 'q7',
    now: at,
    recordedTime: at,
    timeZone: 'Asia/Ho_Chi_Minh',
    exercise: false,
    eventId: 'e1',
    correlationId: 'c1',
  },
  actor: programmeActor('test'),
};

test.each([
  ['reporter-removed', 'report-contact-given', { reportId: 'PA-1', name: 'Bà Sáu', phone: '0900000000' }],
  ['caller-removed', 'caller-noted', { callId: 'k1', callerNumber: '0900000000', occurredAt: at }],
  ['caller-removed', 'call-triaged', { callId: 'k1', keys: '9', because: [], occurredAt: at }],
] as const)(
  '%s destroys the key by which %s is sealed, after the journal has said so',
  async (removal, sealed, data) => {
    const event: CloudEvent = {
      ...{ specversion: '1.0', id: '1', source: '/t', type: sealed, time: at, recordedtime: at, district: 'q7' },
      data: { ...data },
    };
    const { person } = toSeal(definitionOf(sealed), event)!;
    const done: string[] = [];
    const keys = { destroy: (of: string) => done.push(of) } as Pick<PersonKeys, 'destroy'> as PersonKeys;
    const appender = {
      append: async () => {
        done.push('said');
        return { ok: true, sequence: 7, duplicate: false };
      },
    } as Pick<ServiceParts['appender'], 'append'> as ServiceParts['appender'];
    const asked = {
      ...{ removal: definitionOf(removal), source: '/t', sealedBy: definitionOf(sealed) },
      data: { ...data, basis: 'request' },
    };
    expect(await removeBeside({ appender, keys }, stamped, { ...asked, isLeft: true })).toMatchObject({ sequence: 7 });
    expect(done).toEqual(['said', person]);
    // Broken off in between: the key is destroyed all the same.
    expect(await removeBeside({ appender, keys }, stamped, { ...asked, isLeft: false })).toMatchObject({
      sequence: null,
    });
    expect(done).toEqual(['said', person, person]);
    const broken = { ...keys, fault: 'no master secret' };
    await expect(removeBeside({ appender, keys: broken }, stamped, { ...asked, isLeft: true })).rejects.toThrow(
      Problem,
    );
    expect(done).toHaveLength(3);
  },
);
