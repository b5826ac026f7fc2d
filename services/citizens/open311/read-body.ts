import type { Context } from 'hono';
import { deepestLevel, isTooDeep } from '#contracts/text-rules.ts';
import { GeoProblem } from './answer.ts';

/** What a POST brings: parameters by name, and files. */
export interface SentBody {
  pairs: [name: string, value: string][];
  files: { name: string; bytes: Uint8Array }[];
}

/**
 * The parameters of a POST: of the form that the standard asks for, of a form with files, or of a JSON object as some clients send it; those of the address are taken too.
 *
 * @throws GeoProblem 400 for a body that is none of these
 */
export async function readBody(context: Context): Promise<SentBody> {
  const pairs = [...new URL(context.req.url).searchParams];
  const type = context.req.header('content-type')?.toLowerCase() ?? '';
  if (type.startsWith('application/json')) {
    const body: unknown = await context.req.json().catch(() => undefined);
    if (typeof body !== 'object' || body === null || Array.isArray(body))
      throw new GeoProblem(400, ['body: a JSON object of parameters']);
    if (isTooDeep(body)) throw new GeoProblem(400, [`body: objects within objects, at most ${deepestLevel} deep`]);
    return { pairs: [...pairs, ...pairsOf(body as Record<string, unknown>)], files: [] };
  }
  if (type.startsWith('multipart/form-data')) {
    const form = await context.req.formData().catch(() => undefined);
    if (!form) throw new GeoProblem(400, ['body: a form (multipart/form-data) that is whole']);
    const files: SentBody['files'] = [];
    for (const [name, value] of form)
      if (typeof value === 'string') pairs.push([name, value]);
      else files.push({ name, bytes: new Uint8Array(await value.arrayBuffer()) });
    return { pairs, files };
  }
  return { pairs: [...pairs, ...new URLSearchParams(await context.req.text())], files: [] };
}

/** `{ attribute: { depthCm: 20 } }` as `attribute[depthCm]`; what is null is not given. */
function pairsOf(object: Record<string, unknown>, within?: string): [string, string][] {
  return Object.entries(object).flatMap(([key, value]): [string, string][] => {
    const name = within === undefined ? key : `${within}[${key}]`;
    if (value === null || value === undefined) return [];
    if (Array.isArray(value)) return value.map((one) => [name, String(one)]);
    if (typeof value === 'object') return pairsOf(value as Record<string, unknown>, name);
    return [[name, String(value)]];
  });
}
