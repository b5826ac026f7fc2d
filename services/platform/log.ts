import { type Logger, pino } from 'pino';

export type Log = Logger;

/** One JSON line a message on standard output; `service` is on each. */
export function createLog(service: string, level = 'info'): Log {
  return pino({ level, base: { service }, timestamp: pino.stdTimeFunctions.isoTime }, pino.destination({ sync: true }));
}
