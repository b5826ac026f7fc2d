import type { StoredMsg } from '@nats-io/jetstream';
import { expect, test } from 'vitest';
import '../services.ts';
import { programmeActor } from '#contracts/actor.ts';
import { eventDefinitions } from '#contracts/catalogue.ts';
import type { CloudEvent } from '#contracts/cloud-event.ts';
import { toSeal } from '#contracts/seal-event.ts';
import type { Message } from '#platform/append.ts';
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
    let last: { seq: number; type: string } | undefined = { seq: 3, type: sealed };
    let expected: number | undefined;
    const broker = {
      manager: {
        direct: {
          getMessage: async () =>
            last
              ? ({ seq: last.seq, json: <Read>() => ({ type: last?.type }) as Read } as Pick<
                  StoredMsg,
                  'seq' | 'json'
                > as StoredMsg)
              : null,
        },
      },
    };
    const appender = {
      append: async ({ expectedSubjectSequence }: Message) => {
        expected = expectedSubjectSequence;
        if (expectedSubjectSequence !== (last?.seq ?? 0)) return { ok: false, reason: 'wrong-sequence', detail: '' };
        done.push('said');
        return { ok: true, sequence: 7, duplicate: false };
      },
    } as Pick<ServiceParts['appender'], 'append'> as ServiceParts['appender'];
    const asked = {
      ...{ removal: definitionOf(removal), source: '/t', sealedBy: definitionOf(sealed) },
      data: { ...data, basis: 'request' },
    };
    expect(await removeBeside({ appender, broker, keys }, stamped, { ...asked, isLeft: true })).toMatchObject({
      sequence: 7,
    });
    expect(done).toEqual(['said', person]);
    // Broken off in between: the key is destroyed all the same.
    expect(await removeBeside({ appender, broker, keys }, stamped, { ...asked, isLeft: false })).toMatchObject({
      sequence: null,
    });
    expect(done).toEqual(['said', person, person]);
    expect(expected).toBe(3);
    // Rows that do not know of it yet say it no second time.
    last = { seq: 7, type: removal };
    expect(await removeBeside({ appender, broker, keys }, stamped, { ...asked, isLeft: true })).toMatchObject({
      sequence: null,
    });
    expect(done.splice(3)).toEqual([person]);
    // Nothing else stands on his subject.
    last = undefined;
    expect(await removeBeside({ appender, broker, keys }, stamped, { ...asked, isLeft: true })).toMatchObject({
      sequence: 7,
    });
    expect([expected, done.splice(3)]).toEqual([0, ['said', person]]);
    const broken = { ...keys, fault: 'no master secret' };
    await expect(removeBeside({ appender, broker, keys: broken }, stamped, { ...asked, isLeft: true })).rejects.toThrow(
      Problem,
    );
    expect(done).toHaveLength(3);
  },
);
