import { z } from '@hono/zod-openapi';
import { expect, onTestFinished, test } from 'vitest';
import { services } from '../services.ts';
import { type AnyEvent, eventDefinitions, registerEvents } from './catalogue.ts';
import type { CloudEvent } from './cloud-event.ts';
import { defineEvent } from './define-event.ts';
import {
  type Keys,
  needsKeys,
  openEvent,
  personOf,
  sealedFields,
  sealedPayload,
  sealingBy,
  toSeal,
  unsealedPayload,
} from './seal-event.ts';

const keys: Keys = {
  together: (_most, work) => work(),
  seal: (_person, text, bound) => `sealed:${bound}|${Buffer.from(text).toString('hex')}`,
  open: (sealed, bound) =>
    sealed.startsWith(`sealed:${bound}|`)
      ? { text: Buffer.from(sealed.slice(bound.length + 8), 'hex').toString() }
      : { unreadable: 'lost' },
};
const definitionOf = (type: string) => eventDefinitions().find((definition) => definition.type === type)!;
const caseConfirmed = definitionOf('case-confirmed');
const event = (data: Record<string, unknown>, more: Partial<CloudEvent> = {}): CloudEvent => ({
  specversion: '1.0',
  id: '1',
  source: '/test',
  type: 'case-confirmed',
  time: '2026-11-30T00:00:00Z',
  recordedtime: '2026-11-30T00:00:00Z',
  district: 'q7',
  data: { caseId: 'c1', areaId: 'q7', confirmedDate: '2026-11-30', ...data },
  ...more,
});
const sealEvent = (definition: AnyEvent, told: CloudEvent, by: Pick<Keys, 'seal'>): CloudEvent =>
  JSON.parse(sealedPayload(toSeal(definition, told)!, by));
const whole = event({ location: { lon: 106.7, lat: 10.7 }, reporter: 'Trạm y tế', ageYears: 40 });

test('what says who somebody is, or may, is sealed by its declaration; the rest stays readable', () => {
  const sealed = sealEvent(caseConfirmed, whole, keys);
  expect(sealed.data).toEqual({ caseId: 'c1', areaId: 'q7', confirmedDate: '2026-11-30' });
  expect(sealed.sealed).toEqual(expect.any(String));
  expect(openEvent(sealed, keys)).toEqual(whole);
});

test('a sealed text opens in the event of its type, district and case alone', () => {
  const sealed = sealEvent(caseConfirmed, whole, keys);
  for (const other of [
    { ...sealed, district: 'q8' },
    { ...sealed, data: { ...sealed.data, caseId: 'c2' } },
    { ...sealed, type: 'case-corrected' },
  ])
    expect(openEvent(other, keys)).toMatchObject({ unreadable: 'lost' });
});

test('of what cannot be opened the readable part is left, with the reason', () => {
  const sealed = sealEvent(caseConfirmed, whole, keys);
  const opened = openEvent(sealed, { open: () => ({ unreadable: 'removed' }) });
  expect(opened.unreadable).toBe('removed');
  expect(opened.sealed).toBeUndefined();
  expect(opened.data).toEqual({ caseId: 'c1', areaId: 'q7', confirmedDate: '2026-11-30' });
});

test('of a person who was removed nothing is sealed any more, and nothing of it is journalled', () => {
  const sealed = sealEvent(caseConfirmed, whole, { seal: () => undefined });
  expect(sealed).toEqual(event({}));
});

test('a person has his key by his case, or by the pseudonym that an event has of him; the reason of a removal is sealed apart', () => {
  expect(personOf(caseConfirmed, whole)).toBe('q7 c1');
  expect(personOf(definitionOf('dose-administered'), event({ personKey: 'p1', areaId: 'q7' }))).toBe('q7 p1');
  const sealedFor: string[] = [];
  const seal: Keys['seal'] = (person) => {
    sealedFor.push(person);
    return 'sealed';
  };
  sealEvent(caseConfirmed, whole, { seal });
  sealEvent(definitionOf('person-removed'), event({ reason: 'asked' }, { type: 'person-removed' }), { seal });
  expect(sealedFor).toEqual(['q7 c1', 'q7 removal of c1']);
});

test('what a citizen wrote is sealed with the key of who sent it; topic, place and hour are not', () => {
  const [report, contact] = [definitionOf('report-received'), definitionOf('report-contact-given')];
  const open = { reportId: 'PA-1', occurredAt: '2026-11-30T00:00:00Z', topic: 'noise' };
  const words = { description: 'Nhà ông Sáu', address: '12 Lê Lợi' };
  const told = event({}, { type: report.type, data: { ...open, ...words } });
  const { rest, hidden, person } = toSeal(report, told)!;
  expect(JSON.parse(hidden)).toEqual(words);
  expect(JSON.parse(rest).data).toEqual(open);
  // Read without them, as when the key is gone, it is a report still.
  expect(Object.keys(report.schema.parse(JSON.parse(rest).data)).toSorted()).toEqual(Object.keys(open).toSorted());
  const sender = event({}, { type: contact.type, data: { reportId: 'PA-1', name: 'x' } });
  expect(person).toBe(toSeal(contact, sender)!.person);
  expect(toSeal(report, { ...told, exercise: true })).toBeUndefined();
});

test('exercises have made-up persons: nothing of them is sealed', () => {
  const made = { ...whole, exercise: true };
  expect(toSeal(caseConfirmed, made)).toBeUndefined();
  expect(toSeal(caseConfirmed, whole)).toBeDefined();
});

test('data with nothing to seal, and data of before the sealing, stay as they are', () => {
  const plain = event({ location: null });
  expect(toSeal(caseConfirmed, plain)).toBeUndefined();
  expect(openEvent(whole, keys)).toBe(whole);
});

test('put together again, what is to be sealed and the rest are the event; nothing that is said is lost, whatever it is called', () => {
  const together = (told: CloudEvent) => JSON.parse(unsealedPayload(toSeal(caseConfirmed, told)!));
  expect(together(whole)).toEqual(whole);
  const bare = { ...whole, data: { location: { lon: 106.7, lat: 10.7 } } };
  expect(together(bare)).toEqual(bare);
  const inner = event({ ageYears: 4, note: {} });
  expect(together(inner)).toEqual(inner);
  const strange = event(JSON.parse('{ "ageYears": 4, "__proto__": { "kept": 1 }, "quote\\"{}}": "\\u0041{}}" }'));
  expect(JSON.stringify(together(strange).data)).toContain('"__proto__":{"kept":1}');
  expect(together(strange)).toEqual(JSON.parse(JSON.stringify(strange)));
  expect(JSON.stringify(openEvent(sealEvent(caseConfirmed, strange, keys), keys).data)).toContain('"__proto__"');
});

test('every sealed field stands on the first level of its event, where it is looked for', () => {
  expect(
    eventDefinitions().flatMap((definition) => sealedFields(definition).filter((field) => /[.[]/.test(field))),
  ).toEqual([]);
});

test('messages are sealed by the type of their event, and the next event by its declaration alone', () => {
  const contactTraced = defineEvent({
    type: 'contact-traced-for-test',
    service: 'tracing',
    noun: 'contact',
    dataClass: 'person',
    personal: { contactId: 'pseudonym', name: 'identifies', telephone: 'identifies' },
    action: 'contact.trace',
    schema: z.object({ contactId: z.string(), name: z.string(), telephone: z.string() }),
    key: ({ contactId }) => contactId,
    publishedBy: ['tracing'],
    consumedBy: [],
    words: { vi: 'Tiếp xúc', en: 'Contact' },
  });
  // Other tests of the same process ask what is declared of every event.
  onTestFinished(registerEvents([contactTraced as unknown as AnyEvent]));
  const told = event({}, { type: contactTraced.type, data: { contactId: 'k1', name: 'A', telephone: '09' } });
  const feed = event({}, { type: 'area-revised', data: { areaId: 'q7' } });
  const messages = [
    { subject: 'vx.q7.tracing.contact.k1', id: '1', payload: JSON.stringify(told) },
    { subject: 'vx.q7.geography.area.q7', id: '2', payload: JSON.stringify(feed) },
    { subject: 'vx.q7.epidemic.case.c1', id: '3', payload: 'not read again', toSeal: toSeal(caseConfirmed, whole)! },
  ];
  const { seal, open } = sealingBy(keys);
  const [contact, area, one] = seal(messages);
  expect(JSON.parse(contact!.payload).data).toEqual({ contactId: 'k1' });
  expect(open(JSON.parse(contact!.payload))).toEqual(told);
  expect(area).toBe(messages[1]);
  expect(JSON.parse(one!.payload).data.location).toBeUndefined();
  expect(open(JSON.parse(one!.payload))).toEqual(whole);
  expect(needsKeys('tracing')).toBe(true);
});

test('who publishes, consumes or draws facts of persons has the keys, and nobody else', () => {
  expect(services.map(({ name }) => name).filter(needsKeys)).toEqual([
    'geography',
    'epidemic',
    'hotline',
    'citizens',
    'intake',
    'drill',
    'live',
  ]);
});
