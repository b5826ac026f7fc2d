import { describe, expect, test } from 'vitest';
import type { CloudEvent } from '#contracts/cloud-event.ts';
import { loadDistrict7Pack } from '../../geography/district7/pack.ts';
import { directiveEvents } from '../../officials/directives/events.ts';
import { type Answer, directiveOf, type Issued } from '../../officials/directives/state.ts';
import { officerRegistered, shiftSet } from '../../officials/register/events.ts';
import { dayOf } from './calendar.ts';
import { Directives } from './directives.ts';
import type { OwnFact } from './fact.ts';
import { OfficeShifts, officersOf } from './officers.ts';
import { randomFor } from './random.ts';

const pack = loadDistrict7Pack();
const zone = pack.district.timeZone;
const officers = officersOf(pack);
const [from, to] = [dayOf('2021-06-01'), dayOf('2021-12-31')];
const days = Array.from({ length: to - from + 1 }, (_, day) => from + day);
/** The events themselves: what does not fit its schema throws. */
const said = (facts: OwnFact[]): CloudEvent[] =>
  facts.map(({ eventOf, id, time, recordedTime }) => {
    expect(recordedTime).toBeGreaterThanOrEqual(time);
    const at = new Date(time).toISOString();
    return eventOf({ id, district: 'q7-dien-tap', source: 'drill/seed-1', time: at, recordedTime: at, exercise: true });
  });
const play = (seed: number) => {
  const directives = new Directives(officers, zone, randomFor(seed, 'directives'));
  return said(days.flatMap((day) => directives.factsOf(day)));
};
const dataOf = <Data>({ data }: CloudEvent, { schema }: { schema: { parse: (data: unknown) => Data } }) =>
  schema.parse(data);

describe('officers of the exercise', () => {
  const shifts = new OfficeShifts(officers, from, zone);
  const events = said(days.flatMap((day) => shifts.factsOf(day)));
  const of = (definition: { type: string }) => events.filter(({ type }) => type.endsWith(definition.type));

  test('each is registered once, on the first day, by a duty', () => {
    const registered = of(officerRegistered).map((event) => dataOf(event, officerRegistered));
    expect(registered.map(({ officerId }) => officerId)).toEqual(officers.map(({ officerId }) => officerId));
    expect(new Set(registered.map(({ from: day }) => day))).toEqual(new Set(['2021-06-01']));
    expect(new Set(officers.map(({ officerId }) => officerId)).size).toBe(officers.length);
  });

  test('at each office of a chain one is on call at every moment, and two take turns', () => {
    const spans = Map.groupBy(
      of(shiftSet).map((event) => dataOf(event, shiftSet)),
      ({ targetId }) => targetId,
    );
    expect([...spans.keys()].toSorted()).toEqual(
      [...new Set(officers.flatMap(({ office }) => office ?? []))].toSorted(),
    );
    for (const own of spans.values()) {
      expect(own[0]!.from).toBe('2021-05-31T17:00:00.000Z');
      for (const [index, { from: begin }] of own.entries()) if (index > 0) expect(begin).toBe(own[index - 1]!.until);
      expect(Date.parse(own.at(-1)!.until)).toBeGreaterThanOrEqual(Date.parse('2021-12-31T17:00:00Z'));
    }
    const leaders = spans.get('district-leader')!.map(({ officerId }) => officerId);
    expect(new Set(leaders).size).toBe(2);
    for (const [index, officerId] of leaders.entries()) if (index > 0) expect(officerId).not.toBe(leaders[index - 1]);
  });

  test('an exercise may say all of it', () => {
    for (const { publishedBy } of [officerRegistered, shiftSet, ...directiveEvents.slice(0, 3)])
      expect(publishedBy).toContain('drill');
    // What becomes due is the service's to say.
    expect(directiveEvents.find(({ type }) => type === 'directive-escalated')!.publishedBy).toEqual(['officials']);
  });
});

describe('directives of the exercise', () => {
  const events = play(2021);
  const issued = events.filter(({ type }) => type.endsWith('directive-issued'));
  const directives = issued.map((event) => {
    const data = event.data as Issued;
    const answers = events.flatMap((one): Answer[] => {
      const said = one.data as { directiveId: string; officerId?: string; percent?: number; occurredAt: string };
      if (one === event || said.directiveId !== data.directiveId) return [];
      return [
        {
          type: one.type.slice(one.type.lastIndexOf('.') + 1),
          officerId: said.officerId ?? null,
          saidAt: said.occurredAt,
          percent: said.percent,
        },
      ];
    });
    return { data, answers, directive: directiveOf(data, answers) };
  });

  test('the same seed gives the same, another seed others', () => {
    expect(play(2021)).toEqual(events);
    expect(play(2022)).not.toEqual(events);
  });

  test('two a week, answered after they were issued and by their addressees', () => {
    expect(issued.length).toBe(days.filter((day) => [1, 4].includes(new Date(day * 86_400_000).getUTCDay())).length);
    for (const { data, answers } of directives)
      for (const { officerId, saidAt } of answers) {
        expect(data.addressees).toContain(officerId);
        expect(Date.parse(saidAt)).toBeGreaterThanOrEqual(Date.parse(data.occurredAt));
      }
  });

  test('those of weeks ago are done, most in time', () => {
    const past = directives.filter(({ data }) => Date.parse(data.dueAt) < Date.parse('2021-12-20T00:00:00Z'));
    expect(past.map(({ directive }) => directive.status)).toEqual(past.map(() => 'done'));
    const rows = past.flatMap(({ data, directive }) =>
      directive.addressees.flatMap(({ doneAt }) =>
        doneAt === null ? [] : [Date.parse(doneAt) <= Date.parse(data.dueAt)],
      ),
    );
    const inTime = rows.filter(Boolean).length / rows.length;
    expect(inTime).toBeGreaterThan(0.8);
    expect(inTime).toBeLessThan(0.95);
  });
});
