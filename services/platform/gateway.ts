import { setTimeout as sleep } from 'node:timers/promises';
import type { FieldError } from './problem.ts';
import { currentRequest } from './request-scope.ts';

/** What POST /api/events answers. */
export interface Receipt {
  accepted: number;
  /** Of the accepted: the broker had taken them within the last two minutes. */
  duplicates: number;
  rejected: ({ index: number; id?: string; reasonVi?: string } & FieldError)[];
  throughSequence: number;
}

/** An answer that is neither success nor "try again". */
export class GatewayError extends Error {
  readonly status: number;
  readonly errors: FieldError[];

  constructor(status: number, message: string, errors: FieldError[] = []) {
    super(message);
    this.name = 'GatewayError';
    this.status = status;
    this.errors = errors;
  }
}

export interface GatewayOptions {
  /** Stops the waiting between attempts. */
  signal?: AbortSignal;
  /** How long to go on trying while the product does not answer, milliseconds; left out: for ever. */
  patienceMs?: number;
  onRetry?: (reason: string) => void;
  /** Secret by which this programme proves who it is; left out: it is anybody. */
  secret?: string;
  /** Id of all requests: what they bring is known to belong together. Letters, digits, "-", "_", "="; left out: each gets its own. */
  requestId?: string;
}

/** A client of the running product's HTTP door. What was not acknowledged is sent again: the journal keeps one copy. */
export class Gateway {
  private readonly baseOf: (path: string) => string;
  private readonly options: GatewayOptions;

  /** @param base address of the product; or of the service behind each path, for programmes that stand beside them */
  constructor(base: string | ((path: string) => string), options: GatewayOptions = {}) {
    const trimmed = (url: string) => url.replace(/\/+$/, '');
    this.baseOf = typeof base === 'string' ? () => trimmed(base) : (path) => trimmed(base(path));
    this.options = options;
  }

  /** Address of the product's door. */
  get address(): string {
    return this.baseOf('/api/events');
  }

  /** @param events up to 5,000 CloudEvents @param dryRun they are judged, and not journalled */
  sendEvents(events: readonly unknown[], { dryRun = false }: { dryRun?: boolean } = {}): Promise<Receipt> {
    return this.request<Receipt>('POST', dryRun ? '/api/events?dryRun=true' : '/api/events', {
      contentType: 'application/cloudevents-batch+json',
      body: JSON.stringify(events),
      allowed: [422],
    });
  }

  get<Answer>(path: string): Promise<Answer> {
    return this.request('GET', path);
  }

  post<Answer>(path: string, body: unknown, contentType = 'application/json'): Promise<Answer> {
    return this.request('POST', path, { contentType, body: typeof body === 'string' ? body : JSON.stringify(body) });
  }

  remove(path: string): Promise<void> {
    return this.request('DELETE', path, { allowed: [404] });
  }

  private async request<Answer>(
    method: string,
    path: string,
    { contentType, body, allowed = [] }: { contentType?: string; body?: string; allowed?: number[] } = {},
  ): Promise<Answer> {
    const { signal, patienceMs = Number.POSITIVE_INFINITY, onRetry, secret, requestId } = this.options;
    // In the course of a request its id goes on, unless this is of another one.
    const course = currentRequest();
    const id = requestId ?? course?.requestId;
    const headers = {
      ...(contentType ? { 'content-type': contentType } : {}),
      ...(secret ? { authorization: `Bearer ${secret}` } : {}),
      ...(id ? { 'x-request-id': id } : {}),
      ...(course?.traceparent ? { traceparent: course.traceparent } : {}),
    };
    const started = performance.now();
    for (let attempt = 0; ; attempt++) {
      let reason: string;
      try {
        const response = await fetch(`${this.baseOf(path)}${path}`, {
          method,
          headers,
          ...(body === undefined ? {} : { body }),
          ...(signal ? { signal } : {}),
        });
        const text = await response.text();
        const answer = text.startsWith('{') || text.startsWith('[') ? JSON.parse(text) : undefined;
        if (response.ok) return answer as Answer;
        // A receipt in which all is rejected is an answer; a problem with the request as a whole is not.
        if (allowed.includes(response.status) && !('title' in (answer ?? {}) && response.status === 422))
          return answer as Answer;
        reason = `${method} ${path}: ${response.status} ${answer?.title ?? ''} ${answer?.detail ?? ''}`.trim();
        if (![502, 503, 504, 507, 429].includes(response.status))
          throw new GatewayError(response.status, reason, answer?.errors);
      } catch (error) {
        if (error instanceof GatewayError || signal?.aborted) throw error;
        const cause = (error as { cause?: { code?: string } }).cause?.code;
        reason = `${this.baseOf(path)} does not answer (${cause ?? (error as Error).message})`;
      }
      if (performance.now() - started >= patienceMs) throw new GatewayError(503, reason);
      onRetry?.(reason);
      await sleep(Math.min(5000, 200 * 2 ** Math.min(attempt, 5)), undefined, signal ? { signal } : undefined);
    }
  }
}
