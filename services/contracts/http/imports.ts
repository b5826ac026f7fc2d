import { z } from '@hono/zod-openapi';

/** What is wrong with a cell of a row. */
export const rowProblem = z.object({
  line: z.number(),
  column: z.string(),
  value: z.string(),
  reason: z.string(),
  reasonVi: z.string().optional().openapi({ description: 'the reason in Vietnamese' }),
});
export type RowProblem = z.infer<typeof rowProblem>;

/** POST /api/imports/{kind} and GET /api/imports/{id}: what becomes of a file, in a trial or for good. */
export const importReport = z
  .object({
    id: z.string(),
    kind: z.string(),
    district: z.string(),
    dryRun: z.boolean(),
    state: z.enum(['running', 'done', 'refused']),
    progress: z.number().openapi({ description: 'share of the rows that is settled, 0 to 1' }),
    mapping: z
      .array(
        z.object({
          field: z.string(),
          column: z.string().optional(),
          constant: z.string().optional(),
          example: z.string().optional(),
        }),
      )
      .openapi({ description: 'of each field its column, or the constant on every row' }),
    preview: z
      .array(z.object({ line: z.number(), drafts: z.array(z.unknown()), problems: z.array(rowProblem) }))
      .openapi({ description: 'the first rows, as the facts that they would make' }),
    rejectedRows: z
      .array(rowProblem)
      .openapi({ description: 'the first of them; all are at /api/imports/{id}/rejects' }),
    rows: z.number().optional(),
    accepted: z.number().optional(),
    rejected: z.number().optional(),
    folded: z.number().optional().openapi({ description: 'copies of earlier rows' }),
    unchanged: z.number().optional().openapi({
      description: 'of the accepted: rows of which the source said the same before; nothing of them is sent',
    }),
    events: z.number().optional(),
    duplicates: z.number().optional().openapi({
      description:
        'of the events: the broker had taken them within the last two minutes; of earlier ones it does not know',
    }),
    findings: z
      .array(z.object({ vi: z.string(), en: z.string() }))
      .optional()
      .openapi({
        description:
          'what the file made one decide or ask, such as lines that were not read and a place that is not there',
      }),
    notes: z.array(z.object({ note: z.string(), noteVi: z.string().optional(), rows: z.number() })).optional(),
    renamed: z
      .object({ rows: z.number(), examples: z.array(z.object({ from: z.string(), to: z.string() })) })
      .optional(),
    reason: z.string().optional().openapi({ description: 'why nothing, or nothing more, was taken in' }),
    reasonVi: z.string().optional().openapi({ description: 'the reason in Vietnamese' }),
  })
  .openapi('ImportReport');
export type ImportReport = z.infer<typeof importReport>;
