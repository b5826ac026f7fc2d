// What the register, directives and disputes come to does not depend on the order in which it was heard, on repetition or on retries, and a rebuild makes the same rows.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { feedActor } from '#contracts/actor.ts';
import { definitionOf } from '#contracts/catalogue.ts';
import { attributedEventOf } from '#contracts/new-event.ts';
import type { Message } from '#platform/append.ts';
import { deleteDistrictStream } from '#platform/journal.ts';
import { allRows, append } from '#platform/testing/requests.ts';
import type { ServiceUnderTest } from '#platform/testing/service.ts';
import { createRandom } from '../../ml/numerics/random.ts';
import { openTestDistrict } from '../district/testing/district.ts';
import { readDirectives } from './directives/read-directives.ts';
import { readDisputes } from './evaluation/read-ledger.ts';
import { readOfficers, readShifts } from './register/read-officers.ts';
import { startOfficials } from './testing/service.ts';

let service: ServiceUnderTest;
const districts: string[] = [];
beforeAll(async () => {
  service = await startOfficials({ now: () => new Date('2021-12-01T02:00:00.000Z') });
}, 120_000);
afterAll(async () => {
  for (const district of districts) await deleteDistrictStream(service.parts.broker, district);
  await service.stop();
}, 120_000);
const open = async () => {
  const district = await openTestDistrict(service);
  districts.push(district);
  return district;
};

const on = (day: number, hour = 0) =>
  `2021-11-${String(day).padStart(2, '0')}T${String(hour).padStart(2, '0')}:00:00.000Z`;
interface Said {
  type: string;
  id: string;
  at: string;
  data: Record<string, unknown>;
}
const messageOf = (district: string, { type, id, at, data }: Said): Message =>
  attributedEventOf(
    definitionOf(type)!,
    { district, source: '/feed', exercise: true, id, time: at, recordedTime: at, data },
    { actor: feedActor('/feed'), correlationId: 'request' },
  ).message;
const tell = (district: string, said: readonly Said[]) =>
  append(
    service,
    district,
    said.map((one) => messageOf(district, one)),
  );

const officer = (id: string, at: string, unit: string): Said => ({
  ...{ type: 'officer-registered', id, at },
  data: {
    officerId: 'o1',
    name: id,
    unit,
    roles: ['urban-order-inspector'],
    areaIds: [],
    from: '2021-11-01',
    occurredAt: at,
  },
});
const shift = (id: string, at: string, until: string): Said => ({
  ...{ type: 'shift-set', id, at },
  data: { shiftId: 's1', targetId: 't1', officerId: 'o1', from: on(10), until, occurredAt: at },
});
const directive = (id: string, at: string, directiveId = 'd1'): Said => ({
  ...{ type: 'directive-issued', id, at },
  data: {
    ...{ directiveId, title: id, text: id, areaIds: [], units: ['u'], roles: [], answeredBy: 'all' },
    ...{ addressees: ['o1', 'o2'], dueAt: on(25), occurredAt: at },
  },
});
const progressed = (id: string, at: string, percent: number, directiveId = 'd1', officerId = 'o1'): Said => ({
  ...{ type: 'directive-progressed', id, at },
  data: { directiveId, officerId, percent, occurredAt: on(12) },
});
const disputed = (id: string, at: string, disputeId = 'p1'): Said => ({
  ...{ type: 'evaluation-disputed', id, at },
  data: { disputeId, officerId: 'o1', formula: 'call-answered', rowId: 'call/c/1', reason: id, occurredAt: at },
});
const decided = (id: string, at: string, accepted: boolean, disputeId = 'p1'): Said => ({
  ...{ type: 'dispute-decided', id, at },
  data: { disputeId, accepted, reason: id, occurredAt: at },
});

/** What is known, now or as of a moment, without places in the journal. */
async function standing(district: string, asOf?: string) {
  const { database } = service.parts;
  const { rows: onCall } = await database.query(
    'SELECT * FROM officials.published_shifts WHERE district = $1 ORDER BY shift_id',
    [district],
  );
  return {
    officers: await readOfficers(database, district, { asOf }),
    shifts: await readShifts(database, district, { from: on(1), asOf }),
    directives: [...(await readDirectives(database, district, undefined, asOf)).values()].map(
      ({ version: _, ...shown }) => shown,
    ),
    disputes: await readDisputes(database, district, { asOf }),
    onCall: onCall.map(({ district: _, ...shown }) => shown),
  };
}

test('of an officer and a shift the word that was recorded last holds; of a directive, a dispute and its decision the first; of two reports of one instant the later recorded', async () => {
  const said = [
    ...[officer('old', on(1), 'u1'), officer('new', on(2), 'u2')],
    ...[shift('long', on(3), on(20)), shift('short', on(4), on(15))],
    ...[directive('first', on(5)), directive('second', on(6))],
    ...[progressed('some', on(13), 20), progressed('more', on(14), 60)],
    ...[disputed('this', on(7)), disputed('that', on(8))],
    ...[decided('yes', on(9), true), decided('no', on(10), false)],
  ];
  for (const order of [said, said.toReversed()]) {
    const district = await open();
    await tell(district, order);
    expect(await standing(district)).toMatchObject({
      officers: [{ officerId: 'o1', name: 'new', unit: 'u2' }],
      shifts: [{ shiftId: 's1', until: on(15) }],
      directives: [{ directiveId: 'd1', title: 'first', addressees: [{ percent: 60 }, { percent: 0 }] }],
      disputes: [{ disputeId: 'p1', reason: 'this', accepted: true, decision: 'yes' }],
      onCall: [{ shift_id: 's1', officer_name: 'new', until_at: new Date(on(15)) }],
    });
    // As it was known then, too.
    expect(await standing(district, on(3, 1))).toMatchObject({ shifts: [{ until: on(20) }], directives: [] });
  }
});

test('in any order, with repetitions and retries, the same is known, and a rebuild makes the same rows', async () => {
  const random = createRandom(8);
  // Few instants and few ids, so that they meet.
  const facts = Array.from({ length: 120 }, (_, index): Said => {
    const at = on(1 + random.below(6), random.below(3));
    const [id, of] = [`e${index}`, String(random.below(5))];
    const person = `o${random.below(3)}`;
    const data = { directiveId: `d${of}`, occurredAt: at };
    const kinds: (() => Said)[] = [
      () => {
        const one = officer(id, at, `u${of}`);
        return { ...one, data: { ...one.data, officerId: person } };
      },
      () => {
        const one = shift(id, at, on(10 + random.below(4)));
        return { ...one, data: { ...one.data, shiftId: `s${of}`, officerId: person } };
      },
      () => directive(id, at, `d${of}`),
      () => progressed(id, at, random.below(5) * 25, `d${of}`, person),
      () => ({ type: 'directive-acknowledged', id, at, data: { ...data, officerId: person } }),
      () => ({ type: 'directive-escalated', id, at, data: { ...data, waitsFor: [person] } }),
      () => disputed(id, at, `p${of}`),
      () => decided(id, at, random.below(2) === 0, `p${of}`),
    ];
    return kinds[random.below(kinds.length)]!();
  });
  const first = await open();
  await tell(first, facts);
  const moments = [undefined, on(3, 1)];
  const known = await Promise.all(moments.map((asOf) => standing(first, asOf)));
  for (const all of Object.values(known[0]!)) expect(all.length).toBeGreaterThan(2);
  const district = await open();
  const messages = facts
    .map((fact) => ({ fact, at: random.below(1e9) }))
    .sort((a, b) => a.at - b.at)
    .map(({ fact }) => messageOf(district, fact));
  await append(service, district, messages);
  // The broker has forgotten that it had them.
  await append(
    service,
    district,
    messages.slice(0, 40).map((message, index) => ({ ...message, id: `again ${index}` })),
  );
  expect(await Promise.all(moments.map((asOf) => standing(district, asOf)))).toEqual(known);
  const tables = ['officers', 'shifts', 'directives', 'directive_answers', 'disputes', 'dispute_decisions'];
  for (const one of [first, district]) {
    const rows = await allRows(service, 'officials', [...tables, 'heads', 'due_times'], one);
    for (const batchEntries of [1, 7, 1000]) {
      await service.rebuild(one, batchEntries);
      expect(await allRows(service, 'officials', [...tables, 'heads', 'due_times'], one)).toEqual(rows);
    }
  }
}, 240_000);
