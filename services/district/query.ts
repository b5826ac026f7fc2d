import { z } from '@hono/zod-openapi';

/** One value, or several with commas. */
export const listOf = <Value extends string>(values: readonly Value[], example: string) =>
  z
    .string()
    .transform((text) => text.split(','))
    .pipe(z.array(z.enum(values)))
    .optional()
    .openapi({ type: 'string', description: 'one, or several with commas', example });

export const flag = z
  .enum(['true', 'false'])
  .transform((text) => text === 'true')
  .optional();

/** west,south,east,north in degrees. */
export const boundingBox = z
  .string()
  .transform((text) => text.split(',').map(Number))
  .pipe(z.tuple([z.number(), z.number(), z.number(), z.number()]))
  .refine(
    ([west, south, east, north]) => west <= east && south <= north,
    'west,south,east,north with west ≤ east, south ≤ north',
  )
  .optional()
  .openapi({ type: 'string', example: '106.69,10.69,106.77,10.78' });
