import { ROOT_CONTEXT, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import {
  BatchSpanProcessor,
  ParentBasedSampler,
  TraceIdRatioBasedSampler,
  TracerProvider,
} from '@opentelemetry/sdk-trace';
import type { Tracer } from './tracing.ts';

const kinds = { server: SpanKind.SERVER, producer: SpanKind.PRODUCER, consumer: SpanKind.CONSUMER };

/** As W3C writes it: version, trace, span, flags. */
function contextOf(traceparent: string) {
  const [, traceId = '', spanId = '', flags = '00'] = traceparent.split('-');
  return trace.setSpanContext(ROOT_CONTEXT, {
    traceId,
    spanId,
    traceFlags: Number.parseInt(flags, 16),
    isRemote: true,
  });
}

/**
 * Sends spans by OTLP over HTTP. Loaded only where traces are gathered (`openTracer`). A gatherer that is away costs spans, and nothing else.
 *
 * @param endpoint of OTLP, without `/v1/traces` @param share of the traces that begin here, 0 to 1; a trace of somebody else is followed or not as he says
 */
export function startTracing(service: string, { endpoint, share }: { endpoint: string; share: number }): Tracer {
  const exporter = new OTLPTraceExporter({ url: `${endpoint.replace(/\/+$/, '')}/v1/traces`, timeoutMillis: 5000 });
  const provider = new TracerProvider({
    resource: resourceFromAttributes({ 'service.name': service, 'service.namespace': 'vung-xanh' }),
    sampler: new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(share) }),
    spanProcessors: [new BatchSpanProcessor({ exporter, scheduledDelayMillis: 1000 })],
  });
  const tracer = provider.getTracer('vung-xanh');
  return {
    begin: (name, { kind, parent, startedAt, attributes }) => {
      const span = tracer.startSpan(
        name,
        {
          kind: kinds[kind],
          ...(startedAt === undefined ? {} : { startTime: startedAt }),
          ...(attributes ? { attributes } : {}),
        },
        parent === undefined ? ROOT_CONTEXT : contextOf(parent),
      );
      const { traceId, spanId, traceFlags } = span.spanContext();
      return {
        traceparent: `00-${traceId}-${spanId}-${traceFlags.toString(16).padStart(2, '0')}`,
        end: ({ name: other, failed, attributes: more } = {}) => {
          if (other !== undefined) span.updateName(other);
          if (more) span.setAttributes(more);
          if (failed) span.setStatus({ code: SpanStatusCode.ERROR });
          span.end();
        },
      };
    },
    stop: () => provider.shutdown().catch(() => {}),
  };
}
