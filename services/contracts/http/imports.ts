import { z } from '@hono/zod-openapi';
import { bothLanguages } from '../primitives.ts';

/** What is wrong with a cell of a row. */
export const rowProblem = z.object({
  line: z.number(),
  column: z.string(),
  value: z.string(),
  reason: z.string(),
  reasonVi: z.string().optional().openapi({ description: 'the reason in Vietnamese' }),
});
export type RowProblem = z.infer<typeof rowProblem>;

/** A cell of a file as somebody has mended it. The file stays as it is: this is laid over it while it is read. */
export const cellCorrection = z.object({
  line: z
    .number()
    .int()
    .min(1)
    .openapi({ description: 'line of the file, from 1; of a GeoJSON file the number of the feature' }),
  column: z.string().max(400).openapi({ description: 'name of the column' }),
  value: z
    .string()
    .max(4000)
    .openapi({ description: 'what is read in place of the cell; empty: nothing stands there' }),
});
export type CellCorrection = z.infer<typeof cellCorrection>;

/** What a file leaves open, as a form asks it: the evidence, and no word on how a command is told. */
export const fileQuestion = z.object({
  asks: z.enum(['sheet', 'column', 'place', 'date-format', 'number-format']),
  sheets: z.array(z.string()).optional().openapi({ description: 'sheets of the workbook to choose from' }),
  field: z.string().optional(),
  fields: z.array(z.string()).optional().openapi({ description: 'fields of which one is needed' }),
  columns: z.array(z.string()).optional().openapi({ description: 'columns to choose from' }),
  column: z.string().optional(),
  line: z.number().optional(),
  words: bothLanguages,
});
export type FileQuestion = z.infer<typeof fileQuestion>;

/** POST /api/imports/{kind}/columns: what a file has, which column is taken for which field and why, and what has to be asked. Nothing is judged or kept. */
export const columnLook = z
  .object({
    rows: z.number(),
    columns: z.array(z.object({ name: z.string(), samples: z.array(z.string()) })),
    fields: z
      .array(
        z.object({
          field: z.string(),
          required: z.boolean(),
          column: z.string().optional(),
          constant: z.string().optional(),
          evidence: z.enum(['told', 'name', 'vague-name', 'cells']).optional().openapi({
            description:
              'by what it was given its column: the caller, a telling name, a vague one that stands alone, or what its cells hold',
          }),
        }),
      )
      .openapi({ description: 'in the order of the kind' }),
    dateFormats: z.array(z.object({ field: z.string(), format: z.enum(['dmy', 'mdy']) })).openapi({
      description: 'how the days of a column are read, where the file tells',
    }),
    numberFormats: z.array(z.object({ field: z.string(), format: z.enum(['vi', 'en']) })),
    questions: z.array(fileQuestion).openapi({ description: 'each has to be answered before the file can be read' }),
    placeless: z
      .boolean()
      .openapi({ description: 'no column says where the rows are, and rows of the kind are somewhere' }),
    findings: z.array(bothLanguages),
  })
  .openapi('ImportColumns');
export type ColumnLook = z.infer<typeof columnLook>;

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
    foldedRows: z
      .array(z.object({ line: z.number(), sameAs: z.number() }))
      .optional()
      .openapi({ description: 'the first of them, each with the line that it repeats' }),
    columns: z.array(z.string()).optional().openapi({ description: 'names of the columns, as they stand in the file' }),
    rejectedLines: z
      .array(z.object({ line: z.number(), cells: z.array(z.string()) }))
      .optional()
      .openapi({ description: 'the cells of the rows of rejectedRows, as they were read' }),
    born: z.number().optional().openapi({
      description:
        'entities of which the source told for the first time and which can be taken back; their numbers are at /api/imports/{id}/entities',
    }),
    source: z.string().optional().openapi({ description: 'source attribute of the events of the file' }),
    endedAt: z.string().optional(),
    corrected: z.number().optional().openapi({ description: 'cells that were mended before they were read' }),
    unchanged: z.number().optional().openapi({
      description: 'of the accepted: rows of which the source said the same before; nothing of them is sent',
    }),
    events: z.number().optional(),
    duplicates: z.number().optional().openapi({
      description:
        'of the events: the broker had taken them within the last two minutes; of earlier ones it does not know',
    }),
    findings: z.array(bothLanguages).optional().openapi({
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
