import { type DestinationStream, type Logger, pino } from 'pino';
import { currentRequest } from './request-scope.ts';

export type Log = Logger;

/** One JSON line a message on standard output; `service` is on each, and `requestId` (with `traceparent`, where it is traced) on what is said in the course of a request. */
export function createLog(
  service: string,
  level = 'info',
  destination: DestinationStream = pino.destination({ sync: true }),
): Log {
  return pino(
    { level, base: { service }, timestamp: pino.stdTimeFunctions.isoTime, mixin: () => ({ ...currentRequest() }) },
    destination,
  );
}
