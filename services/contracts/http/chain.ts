import { z } from '@hono/zod-openapi';

/** How far the journals are sealed, and what is wrong with them. */
export const chainState = z
  .object({
    journals: z.array(
      z.object({
        stream: z.string(),
        created: z.string().openapi({ description: 'when the journal was opened' }),
        run: z.int(),
        blocks: z.int(),
        sealedThrough: z.int().openapi({ description: 'last sequence that is sealed' }),
        journalEnds: z
          .int()
          .nullable()
          .openapi({ description: 'last sequence of the journal; null: it is not known now' }),
        checked: z.boolean().openapi({ description: 'whether it was compared with its chain since the start' }),
      }),
    ),
    damage: z.array(z.string()),
  })
  .openapi('ChainState');
