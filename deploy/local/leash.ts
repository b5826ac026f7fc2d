import { type ChildProcess, spawn } from 'node:child_process';

/**
 * Ends the database and broker when this process is gone, however it went: a shell waits on a pipe whose other end we hold.
 * It costs no memory to speak of, and needs no polling. `release` is for an orderly stop, which does it itself.
 */
export function holdOnLeash(pids: { postgres?: number | undefined; nats?: number | undefined }): {
  release: () => void;
} {
  // A nats-server that hung on a full disk was deaf to TERM, and the next start's shared its folder: after a quarter of a minute each is ended in a harder way.
  const script = `read -r _
[ -n "$1" ] && kill -INT "$1"; [ -n "$2" ] && kill -TERM "$2"
for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15; do
  sleep 1; left=
  [ -n "$1" ] && kill -0 "$1" 2>/dev/null && left=1
  [ -n "$2" ] && kill -0 "$2" 2>/dev/null && left=1
  [ -z "$left" ] && exit 0
done
[ -n "$1" ] && kill -QUIT "$1"; [ -n "$2" ] && kill -KILL "$2"
exit 0`;
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
