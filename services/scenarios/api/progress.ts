import type { Context } from 'hono';
import { streamSSE } from 'hono/streaming';
import type { ScenarioRuns } from '../scenario-runs.ts';

const leastPauseMs = 100;
/** A proxy that hears nothing for long takes the line for dead. */
const aliveMs = 15_000;

/** Tells a run at each change until it has ended or the client is gone. */
export async function streamRun(context: Context, runs: ScenarioRuns, runId: string): Promise<Response> {
  // a run that is not there is a 404, not a stream
  await runs.head(runId);
  context.header('x-accel-buffering', 'no');
  return streamSSE(context, async (stream) => {
    let changed = true;
    let wake = () => {};
    const hear = () => {
      changed = true;
      wake();
    };
    const unfollow = runs.follow(runId, hear);
    stream.onAbort(hear);
    try {
      while (!stream.aborted) {
        if (changed) {
          changed = false;
          const run = await runs.head(runId);
          await stream.writeSSE({ event: 'run', data: JSON.stringify(run) });
          if (run.endedAt) return;
          await stream.sleep(leastPauseMs);
        } else {
          const quiet = !(await new Promise<boolean>((resolve) => {
            const timer = setTimeout(() => resolve(false), aliveMs);
            wake = () => {
              clearTimeout(timer);
              resolve(true);
            };
            if (changed || stream.aborted) wake();
          }));
          if (quiet) await stream.write(': alive\n\n');
        }
      }
    } finally {
      unfollow();
    }
  });
}
