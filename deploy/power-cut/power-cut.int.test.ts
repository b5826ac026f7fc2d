import { expect, test } from 'vitest';
import { whyNoDisk } from './disk.ts';
import { runPowerCuts } from './run.ts';

const impossible = whyNoDisk();

test.skipIf(impossible !== undefined)(
  `after a power cut everything that was acknowledged is there, the rows are those of the journal, and commands work${impossible ? ` (not tried: ${impossible})` : ''}`,
  async () => {
    const { powerCutSeconds, cuts } = await runPowerCuts({ cuts: 2, seconds: 2, say: () => {} });
    expect(cuts.map(({ kind }) => kind)).toEqual(['copy', 'stop']);
    for (const cut of cuts) {
      expect(cut.acknowledged).toBeGreaterThan(0);
      // Debian's broker alone may lose what it says that it may lose.
      if (powerCutSeconds === 0) expect(cut.lost).toBe(0);
      expect(cut).toMatchObject({ rowsTooMany: 0, rowsMissing: 0, command: 201 });
    }
  },
  600_000,
);
