// npm run cluster -- up | status | down | kill WHAT: the product as a cluster runs it, on this machine.

import { randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { checkCopies } from '../cluster/check-copies.ts';
import { readClusterState } from '../cluster/cluster-state.ts';
import { statusOf } from '../cluster/cluster-status.ts';
import { killUnderLoad } from '../cluster/kill.ts';
import { clusterOf } from '../cluster/start-cluster.ts';
import { UnknownVictim, victimNamed } from '../cluster/victims.ts';
import { clusterLog } from '../cluster/watch-signs.ts';
import { logFile } from '../local/log-file.ts';
import { beganOf, clearProcessesLeft } from '../local/processes.ts';
import { adminTokenOf, secretOf } from '../local/secrets.ts';
import { dataFolder, helpAsked, main } from './product.ts';

helpAsked(`npm run cluster -- up | status | down | kill WHAT… | copies [options]

Everything that stands in a city's cluster, on loopback of this machine: three nats-server with each journal on all of them, PostgreSQL with a synchronous standby
(Debian's Patroni with etcd promotes it), two copies of each service behind Debian's HAProxy. It shows what the death of a process does; the death of a machine it
does not.

  up               starts it, and runs until Ctrl-C or \`down\`
  status           who leads, which copies are ready: one JSON line; it ends with 1 when something is missing
  down             ends it; the data is kept
  kill WHAT…       kills it while events come in, and tells in one JSON line what became of them; it ends with 1 when one is lost or doubled, a gap was too
                   long (writers 10 s, rows 15 s), or one of more than 5 s was not to be seen in readiness, lag and log.
                   nats-leader, nats-follower, pg-primary (with its Patroni), replica:SERVICE (each copy in turn: one of them leads);
                   several: one after another, each when all is there again. \`none\` kills nobody: throughput
  copies           three minutes of the exercise (\`up --drill\`), 2,000 cases and 300 commands: one JSON line: what was said twice, what stands twice in a
                   journal, positions that were fought for, commands to both copies and to one; it ends with 1 when it is not well

  --data DIR       folder of everything that is kept (.data-cluster)
  --port N         up: port of the entry (8090; the next free one when it is taken)
  --replicas N     up: copies of each journal, 3 or 1 (a comparison)
  --copies N       up: copies of each service, 2 or 1 (a comparison); drill and chain have one
  --drill          up: with the exercise
  --web            up: with the web app
  --away SECONDS   up: how long a server that was killed stays away (40)
  --per-second N   kill: events a second (100)
  --batch N        kill: events of one request (10)
  --events N       kill: how many (until a while after the last death)
  --help           this text`);

class Refused extends Error {}

const oneOf = <Value extends number>(name: string, told: string, values: readonly Value[]): Value => {
  const found = values.find((value) => String(value) === told);
  if (found === undefined) throw new Refused(`--${name} ${told}: ${values.join(' or ')}`);
  return found;
};
const numberOf = (name: string, told: string, least: number, most: number): number => {
  const value = Number(told);
  if (!Number.isFinite(value) || value < least || value > most)
    throw new Refused(`--${name} ${told}: a number from ${least} to ${most}`);
  return value;
};

await main(
  async () => {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: {
        data: { type: 'string', default: '.data-cluster' },
        port: { type: 'string', default: '8090' },
        replicas: { type: 'string', default: '3' },
        copies: { type: 'string', default: '2' },
        away: { type: 'string', default: '40' },
        drill: { type: 'boolean', default: false },
        web: { type: 'boolean', default: false },
        'per-second': { type: 'string', default: '100' },
        batch: { type: 'string', default: '10' },
        events: { type: 'string' },
      },
    });
    const folder = dataFolder(values.data);
    const [action, ...told] = positionals;
    if (action === 'up') {
      const running = readClusterState(folder);
      if (running) throw new Refused(`already running on ${folder}: ${running.url} (process ${running.pid})`);
      const begun = performance.now();
      mkdirSync(join(folder, 'logs'), { recursive: true });
      const keep = logFile(clusterLog(folder), () => {});
      const say = (line: string) => {
        const whole = `[${((performance.now() - begun) / 1000).toFixed(1).padStart(6)} s] ${line}\n`;
        process.stdout.write(whole);
        keep(Buffer.from(whole));
      };
      const cluster = clusterOf({
        dataFolder: folder,
        port: numberOf('port', values.port, 1, 65_535),
        replicas: oneOf('replicas', values.replicas, [3, 1]),
        copies: oneOf('copies', values.copies, [2, 1]),
        drill: values.drill,
        web: values.web,
        awayMs: numberOf('away', values.away, 0, 3600) * 1000,
        say,
      });
      let stopping: Promise<void> | undefined;
      const stop = () => {
        stopping ??= cluster.stop().then(() => {
          say('stopped; the data is kept');
          process.exit();
        });
        return stopping;
      };
      for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void stop());
      process.on('disconnect', () => void stop());
      try {
        await cluster.start();
      } catch (error) {
        if (stopping) return stopping;
        await cluster.stop();
        throw error;
      }
      process.stdout.write(`ready ${cluster.state().url}\n`);
      return;
    }
    const state = readClusterState(folder);
    if (action === 'down') {
      if (state) process.kill(state.pid, 'SIGTERM');
      const patience = Date.now() + 120_000;
      while (state && beganOf(state.pid) !== undefined && Date.now() < patience) await sleep(200);
      await clearProcessesLeft(folder, (line) => process.stderr.write(`${line}\n`));
      return;
    }
    if (!state) throw new Refused(`no cluster runs on ${folder}: npm run cluster -- up`);
    if (action === 'status') {
      const status = await statusOf(state);
      process.stdout.write(`${JSON.stringify(status)}\n`);
      process.exitCode = status.whole ? 0 : 1;
      return;
    }
    if (action === 'kill') {
      if (told.length === 0) throw new Refused('kill WHAT; --help tells what');
      const victims = told[0] === 'none' ? [] : told.map((one) => victimNamed(one, state));
      const result = await killUnderLoad({
        dataFolder: folder,
        token: adminTokenOf(folder),
        prefix: `kill-${randomUUID().slice(0, 8)}`,
        perSecond: numberOf('per-second', values['per-second'], 1, 100_000),
        batch: numberOf('batch', values.batch, 1, 5000),
        events: values.events === undefined ? undefined : numberOf('events', values.events, 1, 10_000_000),
        victims,
        say: (line) => void process.stderr.write(`${line}\n`),
      });
      process.stdout.write(`${JSON.stringify(result)}\n`);
      process.exitCode = result.ok ? 0 : 1;
      return;
    }
    if (action === 'copies') {
      const result = await checkCopies({
        ...{ state, dataFolder: folder, minutes: 3 },
        token: adminTokenOf(folder),
        secret: secretOf(folder, 'import'),
        prefix: `copies-${randomUUID().slice(0, 8)}`,
      });
      process.stdout.write(`${JSON.stringify(result)}\n`);
      process.exitCode = result.ok ? 0 : 1;
      return;
    }
    throw new Refused('up, status, down, kill or copies; --help tells more');
  },
  (error) => error instanceof Refused || error instanceof UnknownVictim,
);
