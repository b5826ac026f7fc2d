import { z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { conflictResponses, problemResponses } from '#contracts/http.ts';
import { Problem } from '#platform/problem.ts';
import type { Provider } from './provider.ts';
import type { ResolveParts } from './resolve.ts';

export interface IdentityParts extends ResolveParts {
  newId: () => string;
  /** An identity provider of others; left out: there is none. */
  provider?: Provider | undefined;
  /** Why somebody who came from it was not let in, for the log. */
  noteProvider?: ((reason: string) => void) | undefined;
}

/** An answer, and a body, of JSON. */
export const json = <Schema extends z.ZodType>(description: string, schema: Schema) => ({
  description,
  content: { 'application/json': { schema } },
});
export const body = <Schema extends z.ZodType>(schema: Schema) => ({
  required: true,
  content: { 'application/json': { schema } },
});
export const idParams = z.object({ id: z.string().min(1).max(80) });
/** Of what proves who somebody is: so many tries, and no more for a while. */
export const triedAnswers = {
  ...problemResponses,
  429: { description: 'too many tries', content: problemResponses[403].content },
} as const;
/** Nothing to tell; 409: it is so already, or somebody would lock himself out. */
export const none = { 204: { description: 'done' }, ...problemResponses, 409: conflictResponses[409] };

/** Who gives or makes something, as the rows keep it. */
export const giver = ({ var: { caller } }: Context): string =>
  `${caller.actor?.authtype}:${caller.actor?.authid ?? ''}`;
export const unknown = (what: keyof typeof unknownInVietnamese) =>
  new Problem(404, `No such ${what}`, { vietnamese: { title: unknownInVietnamese[what] } });
const unknownInVietnamese = {
  account: 'Không có tài khoản này',
  token: 'Không có mã truy cập này',
  session: 'Không có phiên đăng nhập này',
  passkey: 'Không có khóa đăng nhập này',
  grant: 'Không có quyền đã cấp này',
  'second factor': 'Chưa có xác thực hai bước',
};

/** Address that the front door saw; it writes the header anew. */
export const addressOf = (context: Context) =>
  context.req.header('x-forwarded-for')?.split(',')[0]?.trim() ?? 'unknown';
