import { mulberry32 } from '@vungxanh/ml/numerics';
import { expect, test } from 'vitest';
import { compareDue, type Due, type DueRow, dueEventId } from './due.ts';
import { type DuePorts, sayDue } from './say-due.ts';

/** A process was killed at this point. */
class Killed extends Error {}

interface Told {
  entityId: string;
  id: string;
  /** Milliseconds. */
  time: number;
  ends?: true;
  /** When it was put into the journal. */
  at: number;
}

const stepMs = 60_000;
const lastStep = 4;

/** Four steps a minute apart, until somebody ends it. */
function duesOf(told: readonly Told[]): Due[] {
  const begun = told[0];
  if (!begun || told.some(({ ends }) => ends)) return [];
  const said = told.length - 1;
  if (said >= lastStep) return [];
  const dueAt = new Date(begun.time + (said + 1) * stepMs).toISOString();
  return [{ rule: 'step', sequence: said + 1, dueAt, type: 'stepped', data: {} }];
}

/**
 * A journal that compares an entity's last message and knows no id, so that only the condition can keep a fact from being told twice; rows that follow it when they like.
 */
function openWorld(random: () => number) {
  const journal: Told[] = [];
  let rowsThrough = 0;
  const told = (entityId: string, through: number) =>
    journal.slice(0, through).filter((one) => one.entityId === entityId);
  const headOf = (entityId: string, through: number) =>
    journal.findLastIndex((one, index) => index < through && one.entityId === entityId) + 1;
  const rows = (): DueRow[] =>
    [...new Set(journal.slice(0, rowsThrough).map(({ entityId }) => entityId))]
      .flatMap((entityId) =>
        duesOf(told(entityId, rowsThrough)).map((due) => ({
          ...due,
          entityId,
          headSequence: headOf(entityId, rowsThrough),
        })),
      )
      .sort(compareDue);
  const world = {
    nowMs: 0,
    journal,
    kills: 0,
    mayKill: true,
    tell: (one: Omit<Told, 'at'>) => journal.push({ ...one, at: world.nowMs }),
    follow: (to = journal.length) => {
      rowsThrough = Math.max(rowsThrough, to);
      return rowsThrough;
    },
    /** The ports of one copy, any of which may be where it dies, before or after it had its effect. */
    ports: (): DuePorts => {
      const point = async () => {
        for (let yields = Math.floor(random() * 3); yields > 0; yields--) await Promise.resolve();
        if (!world.mayKill || random() > 0.06) return;
        world.kills++;
        throw new Killed();
      };
      const at =
        <Answer>(effect: () => Answer) =>
        async () => {
          await point();
          const answer = effect();
          await point();
          return answer;
        };
      return {
        clockMs: at(() => world.nowMs),
        due: (clockMs, limit) =>
          at(() =>
            rows()
              .filter(({ dueAt }) => Date.parse(dueAt) <= clockMs)
              .slice(0, limit),
          )(),
        nextMs: (clockMs) =>
          at(() =>
            rows()
              .map(({ dueAt }) => Date.parse(dueAt))
              .find((dueMs) => dueMs > clockMs),
          )(),
        say: async (batch) => {
          let [said, behind, throughSequence] = [0, 0, 0];
          for (const row of batch) {
            await point();
            if (headOf(row.entityId, journal.length) !== row.headSequence) behind++;
            else {
              said++;
              throughSequence = world.tell({
                entityId: row.entityId,
                id: dueEventId(row),
                time: Date.parse(row.dueAt),
              });
            }
            await point();
          }
          return { said, behind, throughSequence, unsayable: [] };
        },
        // Rows are written by a process that dies with the one that says.
        written: (through) => at(() => world.follow(through) >= through)(),
        stopped: () => false,
      };
    },
  };
  return world;
}

async function live(seed: number, copies: number) {
  const random = mulberry32(seed);
  const world = openWorld(random);
  const plan = Array.from({ length: 12 }, (_, index) => ({
    entityId: `e${index}`,
    begins: Math.floor(random() * 300) * 1000,
    ends: random() < 0.4 ? Math.floor(random() * 600) * 1000 : undefined,
  }));
  /** Until when each copy is down. */
  const downUntil = Array.from({ length: copies }, () => 0);
  /** Spans in which no copy was up at all. */
  const outages: [number, number][] = [];
  const endMs = 700_000;
  for (world.nowMs = 0; world.nowMs <= endMs; world.nowMs += 1000) {
    if (world.nowMs === endMs - 60_000) world.mayKill = false;
    for (const { entityId, begins, ends } of plan) {
      if (begins === world.nowMs) world.tell({ entityId, id: `${entityId}-begun`, time: begins });
      if (ends === world.nowMs && ends > begins)
        world.tell({ entityId, id: `${entityId}-ended`, time: ends, ends: true });
    }
    const up = downUntil.flatMap((until, copy) => (until <= world.nowMs ? [copy] : []));
    if (up.length > 0) world.follow();
    const died = await Promise.all(
      up.map(async (copy) => {
        try {
          // Rows that are behind are looked at again, as the engine does.
          for (let round = 0; round < 50; round++) {
            if (!(await sayDue(world.ports(), new Set())).behind) return false;
            world.follow();
          }
          throw new Error('the rows never caught up');
        } catch (error) {
          if (!(error instanceof Killed)) throw error;
          downUntil[copy] = world.nowMs + 1000 * (1 + Math.floor(random() * 20));
          return true;
        }
      }),
    );
    if (died.every(Boolean)) outages.push([world.nowMs, Math.min(...downUntil)]);
  }
  return { world, plan, outages };
}

test.each([1, 2])(
  '%i copies, killed at random points 1,000 times: each due time is said once, and late by no more than an outage',
  async (copies) => {
    let kills = 0;
    for (let seed = 1; kills < 1000; seed++) {
      const { world, plan, outages } = await live(seed * 7 + copies, copies);
      kills += world.kills;
      const ids = world.journal.map(({ id }) => id);
      expect(new Set(ids).size).toBe(ids.length);
      for (const { entityId, begins, ends } of plan) {
        const endsMs = ends !== undefined && ends > begins ? ends : Number.POSITIVE_INFINITY;
        const told = world.journal.filter((one) => one.entityId === entityId && /step/.test(one.id));
        for (let step = 1; step <= lastStep; step++) {
          const dueMs = begins + step * stepMs;
          // One outage may follow another without a second between them.
          const latest = outages.reduce(
            (reached, [from, until]) => (from <= reached ? Math.max(reached, until) : reached),
            dueMs,
          );
          const one = told[step - 1];
          if (one) {
            expect(one).toMatchObject({ id: `${entityId}/step/${step}`, time: dueMs });
            expect(one.at).toBeGreaterThanOrEqual(dueMs);
            expect(one.at).toBeLessThanOrEqual(latest);
            expect(one.at).toBeLessThanOrEqual(endsMs);
          } else expect(endsMs).toBeLessThanOrEqual(latest);
        }
        expect(told.length).toBeLessThanOrEqual(lastStep);
        // Nothing is said of what has ended.
        const endIndex = world.journal.findIndex(({ id }) => id === `${entityId}-ended`);
        if (endIndex >= 0)
          expect(world.journal.slice(endIndex + 1).filter((one) => one.entityId === entityId)).toEqual([]);
      }
    }
  },
);

test('an exercise that leaps over an hour says all that it passed, each entity in its order, with the times at which they were due', async () => {
  const world = openWorld(() => 0.99);
  world.mayKill = false;
  for (const [index, entityId] of ['b', 'a'].entries())
    world.tell({ entityId, id: `${entityId}-begun`, time: index * 1000 });
  world.follow();
  world.nowMs = 3_600_000;
  const round = await sayDue(world.ports(), new Set());
  expect(round).toMatchObject({ said: 8, nextMs: undefined, behind: false });
  expect(world.journal.slice(2).map(({ id, time }) => [id, time / 1000])).toEqual([
    ['b/step/1', 60],
    ['a/step/1', 61],
    ['b/step/2', 120],
    ['a/step/2', 121],
    ['b/step/3', 180],
    ['a/step/3', 181],
    ['b/step/4', 240],
    ['a/step/4', 241],
  ]);
});

test('59.999 s after the beginning nothing is said, at 60 s it is', async () => {
  const world = openWorld(() => 0.99);
  world.mayKill = false;
  world.tell({ entityId: 'a', id: 'a-begun', time: 0 });
  world.follow();
  world.nowMs = 59_999;
  expect(await sayDue(world.ports(), new Set())).toMatchObject({ said: 0, nextMs: 60_000 });
  world.nowMs = 60_000;
  expect(await sayDue(world.ports(), new Set())).toMatchObject({ said: 1, nextMs: 120_000 });
});
