import type { z } from '@hono/zod-openapi';
import type { serviceEnvironment } from './config.ts';
import type { Log } from './log.ts';

/** A part of the way of something, from its beginning to its end. */
export interface Span {
  /** W3C trace context by which its children know it. */
  traceparent: string;
  end: (outcome?: { name?: string; failed?: boolean; attributes?: SpanAttributes }) => void;
}

export type SpanAttributes = Record<string, string | number>;

export interface SpanStart {
  /** server: answers somebody. producer: hands on. consumer: takes what was handed on. */
  kind: 'server' | 'producer' | 'consumer';
  /** W3C trace context from which it came; left out: a trace begins. */
  parent?: string | undefined;
  /** When it began, milliseconds since 1970; left out: now. */
  startedAt?: number;
  attributes?: SpanAttributes;
}

/** Says what happens to whoever gathers traces. */
export interface Tracer {
  begin: (name: string, start: SpanStart) => Span;
  /** Sends what waits. */
  stop: () => Promise<void>;
}

/**
 * A `traceparent` that can be followed.
 *
 * @see https://www.w3.org/TR/trace-context/#traceparent-header
 */
export const isTraceparent = (text: unknown): text is string =>
  typeof text === 'string' && /^00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}$/.test(text);

/** Most spans for what is done at once: of more the first are said. */
const mostAtOnce = 100;

/** What is done at once for several traces: each with how much of it is its own, in the order of their coming. */
export function tracesOf(carriers: Iterable<{ traceparent?: unknown } | null | undefined>): Map<string, number> {
  const traces = new Map<string, number>();
  for (const carrier of carriers) {
    const parent = carrier?.traceparent;
    if (parent === undefined || !isTraceparent(parent)) continue;
    const known = traces.get(parent);
    if (known !== undefined || traces.size < mostAtOnce) traces.set(parent, (known ?? 0) + 1);
  }
  return traces;
}

/** Says of each trace that something was done, from a moment until now. */
export function sayDone(
  tracer: Tracer,
  name: string,
  traces: ReadonlyMap<string, number>,
  { attributes, ...start }: Omit<SpanStart, 'parent'>,
): void {
  for (const [parent, count] of traces)
    tracer
      .begin(name, { ...start, parent, attributes: { ...attributes, 'messaging.batch.message_count': count } })
      .end();
}

type Settings = Pick<
  z.infer<z.ZodObject<typeof serviceEnvironment>>,
  'OTEL_EXPORTER_OTLP_ENDPOINT' | 'OTEL_TRACES_SAMPLER_ARG'
>;

/** Begins to say what a service does, where somebody gathers it; undefined: nobody does, and nothing of it is loaded. */
export async function openTracer(
  service: string,
  { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint, OTEL_TRACES_SAMPLER_ARG: share }: Settings,
  log: Pick<Log, 'info'>,
): Promise<Tracer | undefined> {
  if (endpoint === undefined) return undefined;
  const { startTracing } = await import('./tracing-export.ts');
  log.info({ endpoint, share }, 'traces are sent');
  return startTracing(service, { endpoint, share });
}
