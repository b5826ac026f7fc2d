import { z } from '@hono/zod-openapi';
import { identifier, longText } from '../../primitives.ts';

/** Why nothing is stated. `note`: in words for people; absent in what was said before 2026-11-30. */
export const abstention = z.object({
  reason: identifier,
  detail: longText,
  note: z.object({ vi: longText, en: longText }).optional(),
});
