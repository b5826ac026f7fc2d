import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** How the power goes. copy: what the disk has received is copied while writing goes on. stop: the file system takes nothing more from one moment on. */
export type CutKind = 'copy' | 'stop';

/** A disk of its own: an ext4 file system in a file, mounted through a loop device. */
export interface Disk {
  /** Where it is mounted. */
  folder: string;
  mount: () => void;
  /**
   * What a power cut at this moment leaves becomes the disk's content, at the next mount. Nothing is flushed. Returns when the moment is over: what is
   * acknowledged after the call began may be lost.
   */
  cut: (kind: CutKind) => void;
  /** Waits for those who still have files open; at the end it is taken away from them. */
  unmount: () => Promise<void>;
}

/** Why no such disk can be made here, or undefined. */
export function whyNoDisk(): string | undefined {
  if (process.platform !== 'linux') return 'it needs Linux';
  if (process.getuid?.() !== 0) return 'only root may mount a file system';
  for (const program of ['mkfs.ext4', 'losetup', 'mount', 'umount', 'perl'])
    if (spawnSync('sh', ['-c', `command -v ${program}`]).status !== 0) return `the program ${program} is missing`;
  if (spawnSync('losetup', ['--find']).status !== 0) return 'there is no free loop device';
  return undefined;
}

/** @param work folder for the file and the mount point; `sizeMiB` is only taken when it is written to */
export function makeDisk(work: string, sizeMiB = 4096): Disk {
  const image = join(work, 'disk.img');
  const left = join(work, 'left.img');
  const folder = join(work, 'disk');
  mkdirSync(folder, { recursive: true });
  execFileSync('truncate', ['--size', `${sizeMiB}M`, image]);
  execFileSync('mkfs.ext4', ['-q', '-F', image]);
  const mounted = () => spawnSync('mountpoint', ['--quiet', folder]).status === 0;
  return {
    folder,
    mount: () => {
      execFileSync('mount', ['-o', 'loop', image, folder]);
      // PostgreSQL's own user walks through it.
      chmodSync(folder, 0o755);
    },
    cut: (kind) => {
      if (kind === 'copy') execFileSync('cp', ['--sparse=always', image, left]);
      // EXT4_IOC_SHUTDOWN with EXT4_GOING_FLAGS_NOLOGFLUSH: as if the cable was drawn.
      else
        execFileSync('perl', [
          '-e',
          'open(my $f, "<", $ARGV[0]) or die $!; my $how = pack("L", 2); ioctl($f, 0x8004587d, $how) or die $!;',
          folder,
        ]);
    },
    unmount: async () => {
      for (
        let patience = 100;
        mounted() && spawnSync('umount', [folder], { stdio: 'ignore' }).status !== 0;
        patience--
      ) {
        if (patience === 0) execFileSync('umount', ['--lazy', folder]);
        await sleep(200);
      }
      if (existsSync(left)) {
        rmSync(image);
        renameSync(left, image);
      }
    },
  };
}
