import { z } from '@hono/zod-openapi';
import type { App } from '../app.ts';

interface Declared {
  description?: string;
  content?: Record<string, { schema?: object }>;
}
interface Described {
  paths?: Record<string, Record<string, { responses?: Record<string, Declared> }>>;
  components?: { schemas?: Record<string, object> };
}

/** Why an answer is none that its route declares; undefined: it is one, or the route is in no OpenAPI. `pattern`: the route's path, `:name` for parameters. */
export type CheckAnswer = (method: string, pattern: string, answer: Response) => Promise<string | undefined>;

/** Holds the answers of an app to its own OpenAPI: status, content type, and the schema of what is JSON. */
export function declaredAnswers(app: App): CheckAnswer {
  const document = app.getOpenAPI31Document({ openapi: '3.1.0', info: { title: 'x', version: '1' } }) as Described;
  const schemas = new Map<object, z.ZodType>();
  const schemaOf = (schema: object): z.ZodType => {
    const known = schemas.get(schema);
    if (known) return known;
    // Zod looks for what is named in the schema itself.
    const whole = JSON.stringify({ $defs: document.components?.schemas ?? {}, ...schema });
    const read = z.fromJSONSchema(JSON.parse(whole.replaceAll('#/components/schemas/', '#/$defs/')));
    schemas.set(schema, read);
    return read;
  };
  return async (method, pattern, answer) => {
    const path = pattern.replace(/:(\w+)/g, '{$1}');
    const responses = document.paths?.[path]?.[method.toLowerCase()]?.responses;
    if (!responses) return undefined;
    const declared = responses[String(answer.status)];
    if (!declared) return `${answer.status} is not declared`;
    const type = answer.headers.get('content-type')?.split(';')[0]?.trim();
    if (!declared.content || type === undefined) {
      const text = await answer.text();
      return declared.content ? 'no content type' : text === '' ? undefined : 'a body where none is declared';
    }
    const content = declared.content[type];
    if (!content) return `${type} is not declared for ${answer.status}`;
    if (!content.schema || !/json$/.test(type)) return undefined;
    const fits = schemaOf(content.schema).safeParse(await answer.json());
    return fits.success ? undefined : `not as declared: ${z.prettifyError(fits.error).slice(0, 400)}`;
  };
}
