// npm run test:power-cut: is what was acknowledged still there after the power went?
import { parseArgs } from 'node:util';
import { whyNoDisk } from '../power-cut/disk.ts';
import { runPowerCuts } from '../power-cut/run.ts';
import { helpAsked } from './product.ts';

helpAsked(`npm run test:power-cut [-- OPTIONS]

Cuts the power of a disk of its own while events are posted to a product of its own, starts the product on what is left, and compares. Needs root and a loop device.
Half of the cuts are copies of the disk while it is written to; at the other half the file system stops at once.

  --cuts N          how often (10)
  --seconds S       how long events are posted before each cut (3)
  --nats-server P   the broker's program; left out: the product's
  --help            this text`);

const { values } = parseArgs({
  options: {
    cuts: { type: 'string', default: '10' },
    seconds: { type: 'string', default: '3' },
    'nats-server': { type: 'string' },
  },
});
const say = (line: string) => void process.stdout.write(`${line}\n`);
const impossible = whyNoDisk();
if (impossible) {
  say(`the power cannot be cut here: ${impossible}`);
  process.exit(1);
}
const cuts = Number(values.cuts);
const seconds = Number(values.seconds);
if (!Number.isInteger(cuts) || cuts < 1 || !(seconds > 0)) {
  say('--cuts is a whole number from 1, --seconds a number above 0');
  process.exit(1);
}
const result = await runPowerCuts({ cuts, seconds, say, natsServer: values['nats-server'] });
const sum = (of: (cut: (typeof result.cuts)[number]) => number) =>
  result.cuts.reduce((total, cut) => total + of(cut), 0);
const lost = sum((cut) => cut.lost);
const healed = result.cuts.every((cut) => cut.rowsTooMany === 0 && cut.rowsMissing === 0 && cut.command < 300);
say(
  JSON.stringify({
    cuts: cuts,
    powerCutSeconds: result.powerCutSeconds,
    acknowledged: result.cuts.at(-1)!.acknowledged,
    lost,
    mended: sum((cut) => cut.mended.length),
    healed,
    // A broker that cannot sync is held to what it says: that it may lose, and that all goes on.
    ok: healed && (lost === 0 || Boolean(result.powerCutSeconds)),
  }),
);
process.exit(healed && (lost === 0 || result.powerCutSeconds) ? 0 : 1);
