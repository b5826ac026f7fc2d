import { z } from '@hono/zod-openapi';

/** Longitude and latitude, degrees WGS84. */
const position = z.array(z.number()).min(2);
const polygon = z.array(z.array(position));

/** Border of an area: GeoJSON geometry. */
export const border = z.discriminatedUnion('type', [
  z.object({ type: z.literal('Polygon'), coordinates: polygon }),
  z.object({ type: z.literal('MultiPolygon'), coordinates: z.array(polygon) }),
]);
export type Border = z.infer<typeof border>;
