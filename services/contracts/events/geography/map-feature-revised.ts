import { z } from '@hono/zod-openapi';
import { defineEvent } from '../../define-event.ts';
import { identifier, longText, shortText } from '../../primitives.ts';

const coordinate = z.tuple([z.number().min(-180).max(180), z.number().min(-90).max(90)]).rest(z.number());
const line = z.array(coordinate).min(2);
const rings = z.array(z.array(coordinate).min(4)).min(1);
const geometry = z.discriminatedUnion('type', [
  z.object({ type: z.literal('Point'), coordinates: coordinate }),
  z.object({ type: z.literal('LineString'), coordinates: line }),
  z.object({ type: z.literal('MultiLineString'), coordinates: z.array(line).min(1) }),
  z.object({ type: z.literal('Polygon'), coordinates: rings }),
  z.object({ type: z.literal('MultiPolygon'), coordinates: z.array(rings).min(1) }),
]);

/** A thing that the base map or an overlay shows is there, looks different now, or is gone. WGS84 degrees. */
export const mapFeatureRevised = defineEvent({
  type: 'map-feature-revised',
  service: 'geography',
  noun: 'feature',
  dataClass: 'public',
  action: 'map-feature.revise',
  schema: z.object({
    featureId: identifier,
    kind: z.enum(['waterway', 'road', 'place', 'planning-zone', 'surrounding']),
    /** River or canal, trunk or tertiary, hospital, land use … */
    class: shortText,
    name: shortText,
    geometry,
    /** Few plain values, units in their names: `widthMetres`, `bufferMetres`, `beds`. */
    properties: z
      .record(z.string().max(80), z.union([z.string().max(300), z.number(), z.boolean(), z.null()]))
      .optional(),
    verified: z.boolean().optional(),
    /** It is not there any more. */
    withdrawn: z.boolean().optional(),
    source: longText.optional(),
  }),
  key: (data) => data.featureId,
  publishedBy: ['geography', 'import', 'drill'],
  consumedBy: ['geography'],
  words: { vi: 'Thay đổi lớp nền bản đồ', en: 'Base map changed' },
});
