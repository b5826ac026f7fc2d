/** The parts of an OpenAPI 3.1 document that are merged. */
export interface OpenApi {
  openapi: string;
  info: { title: string; version: string; description?: string };
  paths?: Record<string, unknown> | undefined;
  components?: Record<string, Record<string, unknown>> | undefined;
  tags?: { name: string }[];
}

/** One document of all services: each operation is tagged with its service. Schemas of the same name are the same, as they come from contracts. */
export function mergeOpenApi(documents: OpenApi[]): OpenApi {
  const merged: OpenApi = {
    openapi: '3.1.0',
    info: {
      title: 'Vùng Xanh',
      version: '1',
      description:
        'Real-time operations centre of a city district. Every read takes `asOf`; errors are problem+json (RFC 9457).',
    },
    paths: {},
    components: {},
    tags: [],
  };
  for (const document of documents) {
    merged.tags!.push({ name: document.info.title });
    for (const [path, item] of Object.entries(document.paths ?? {})) {
      const operations = Object.entries(item as Record<string, unknown>).map(([method, operation]) => [
        method,
        typeof operation === 'object' && operation ? { tags: [document.info.title], ...operation } : operation,
      ]);
      merged.paths![path] = { ...(merged.paths![path] as object | undefined), ...Object.fromEntries(operations) };
    }
    for (const [kind, entries] of Object.entries(document.components ?? {}))
      merged.components![kind] = { ...merged.components![kind], ...entries };
  }
  return merged;
}
