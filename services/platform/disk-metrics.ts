import { Gauge, type Registry } from 'prom-client';
import { type DiskSpace, isFull } from './disk-space.ts';

/** Gauges of the journal's disk, measured when they are asked for. `space` left out: that disk is looked after by somebody else. */
export function diskMetrics(registry: Registry, space: (() => DiskSpace | undefined) | undefined): void {
  if (!space) return;
  const gauge = (name: string, help: string, valueIn: (of: DiskSpace) => number) =>
    new Gauge({
      name,
      help,
      registers: [registry],
      collect() {
        const now = space();
        if (now) this.set(valueIn(now));
        else this.remove();
      },
    });
  gauge('vx_disk_free_bytes', 'What may still be written to the disk of the journal', ({ freeBytes }) => freeBytes);
  gauge('vx_disk_size_bytes', 'Size of the disk of the journal', ({ totalBytes }) => totalBytes);
  gauge('vx_disk_used_ratio', 'Used share of the disk of the journal, 0 to 1', ({ usedShare }) => usedShare);
  gauge('vx_disk_full', '1 while nothing new is taken in for want of room', (of) => (isFull(of) ? 1 : 0));
}
