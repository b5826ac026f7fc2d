import { type ChildProcess, fork } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { expect, inject, onTestFinished, test } from 'vitest';
import { Appender } from '#platform/append.ts';
import { deleteDistrictStream, openDistrictStream, streamOf } from '#platform/journal.ts';
import { temporaryDatabase, temporaryDistrict, testBroker } from '#platform/testing/servers.ts';
import { errandMessage, makeErrandTables, toldOfErrands } from './testing/errands.ts';

const programme = fileURLToPath(new URL('./testing/errand-process.ts', import.meta.url));

test('two copies, one killed again and again without a word: each reminder is told once, none before its time, and what was ended is told no more', async () => {
  const server = await temporaryDatabase();
  const broker = await testBroker();
  const appender = new Appender(broker);
  const district = temporaryDistrict();
  const copies = new Set<ChildProcess>();
  onTestFinished(async () => {
    for (const copy of copies) copy.kill('SIGKILL');
    appender.close();
    await deleteDistrictStream(broker, district);
    await broker.close();
    await server.drop();
  });
  await makeErrandTables(server.database);
  await openDistrictStream(broker, district, { clock: 'live', exercise: true, timeZone: 'Asia/Ho_Chi_Minh' });
  const start = async () => {
    const copy = fork(programme, [server.url, inject('natsUrl')], { stdio: 'inherit' });
    copies.add(copy);
    await new Promise((ready) => copy.once('message', ready));
    return copy;
  };

  const errands = 60;
  const times = 4;
  const begunMs = Date.now();
  // A reminder about every 20 ms: whenever a copy is killed, one is on its way.
  const messages = Array.from({ length: errands }, (_, index) =>
    errandMessage(district, 'begun', {
      ...{ errandId: `e${index}`, occurredAt: new Date(begunMs + index * 20).toISOString(), everySeconds: 2, times },
    }),
  );
  await appender.appendAll(messages);
  let [leads, waits] = await Promise.all([start(), start()]);
  for (let kill = 0; kill < 4; kill++) {
    await sleep(700);
    leads.kill('SIGKILL');
    copies.delete(leads);
    [leads, waits] = [waits, await start()];
    // Ended while it waits for its next reminder, whichever that is.
    await appender.append(
      errandMessage(district, 'ended', { errandId: `e${kill}`, occurredAt: new Date().toISOString() }),
    );
  }
  const isEnded = (index: number) => index < 4;
  await expect
    .poll(async () => (await server.database.query('SELECT 1 FROM errands.due_times')).rowCount, { interval: 200 })
    .toBe(0);
  const told = await toldOfErrands(broker, streamOf(district));
  for (let index = 0; index < errands; index++) {
    const ofErrand = told.filter(({ id }) => id.startsWith(`e${index}/`) || id.startsWith(`e${index}-`));
    const reminders = ofErrand.filter(({ type }) => type === 'errand-reminded');
    expect(reminders.map(({ id }) => id)).toEqual(reminders.map((_, at) => `e${index}/reminded/${at + 1}`));
    if (isEnded(index)) expect(ofErrand.at(-1)!.type).toBe('errand-ended');
    else expect(reminders).toHaveLength(times);
    for (const [at, { time, storedMs }] of reminders.entries()) {
      expect(Date.parse(time)).toBe(begunMs + index * 20 + (at + 1) * 2000);
      // The broker's clock is this machine's.
      expect(storedMs).toBeGreaterThanOrEqual(Date.parse(time));
    }
  }
});
