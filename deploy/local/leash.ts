import { type ChildProcess, spawn } from 'node:child_process';

/**
 * Ends the database and broker when this process is gone, however it went: a shell waits on a pipe whose other end we hold.
 * It costs no memory to speak of, and needs no polling. `release` is for an orderly stop, which does it itself.
 */
export function holdOnLeash(pids: { postgres?: number | undefined; nats?: number | undefined }): {
  release: () => void;
} {
  const script = 'read -r _; [ -n "$1" ] && kill -INT "$1"; [ -n "$2" ] && kill -TERM "$2"; exit 0';
  const shell: ChildProcess = spawn(
    'sh',
    ['-c', script, 'leash', String(pids.postgres ?? ''), String(pids.nats ?? '')],
    {
      stdio: ['pipe', 'ignore', 'ignore'],
      detached: true,
    },
  );
  shell.unref();
  return { release: () => void shell.kill('SIGKILL') };
}
