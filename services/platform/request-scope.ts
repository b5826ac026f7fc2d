import { AsyncLocalStorage } from 'node:async_hooks';

/** By which request something is done: for the log, and for what is asked of others in its course. */
export interface RequestScope {
  requestId: string;
  /** W3C trace context of the request; left out: it is not traced. */
  traceparent?: string;
}

const scopes = new AsyncLocalStorage<RequestScope>();

/** Runs something in the course of a request. */
export const inRequest = <Result>(scope: RequestScope, run: () => Result): Result => scopes.run(scope, run);

/** The request in whose course this is; undefined: it is in none. */
export const currentRequest = (): RequestScope | undefined => scopes.getStore();
