import { zoneOffsetMs } from '#platform/local-time.ts';
import type { OfficialLevel } from '../policies/policy.ts';
import { type NoticeFacts, noticeOf } from './notice.ts';
import { element, xmlDocument } from './xml.ts';

/** CAP 1.2, OASIS Standard of 2010-07-01. */
export const capNamespace = 'urn:oasis:names:tc:emergency:cap:1.2';

/** [longitude, latitude] in degrees. */
export type Ring = readonly (readonly [number, number])[];

const severities: Record<OfficialLevel, string> = { 1: 'Minor', 2: 'Moderate', 3: 'Severe', 4: 'Extreme' };

/** "2021-11-08T07:00:00+07:00": CAP takes no "Z", and "-00:00" for UTC. */
export function capTime(instant: string, timeZone: string): string {
  const atMs = Math.floor(Date.parse(instant) / 1000) * 1000;
  const offset = Math.round(zoneOffsetMs(atMs, timeZone) / 60_000);
  const local = new Date(atMs + offset * 60_000).toISOString().slice(0, 19);
  const hours = String(Math.floor(Math.abs(offset) / 60)).padStart(2, '0');
  const minutes = String(Math.abs(offset) % 60).padStart(2, '0');
  return `${local}${offset <= 0 ? '-' : '+'}${hours}:${minutes}`;
}

/** "lat,lon lat,lon …" of a closed ring of at least four pairs; undefined: it is none. */
export function capPolygon(ring: Ring): string | undefined {
  const pairs = ring.map(([lon, lat]) => `${lat},${lon}`);
  if (pairs[0] !== pairs.at(-1)) pairs.push(pairs[0]!);
  return pairs.length >= 4 ? pairs.join(' ') : undefined;
}

/** Neither space, comma, `<` nor `&` may stand in an identifier or a sender. */
const plain = (text: string) => text.replace(/[\s,<&]+/g, '-');

/**
 * A declared level as an alert: a raise before it is in force is Future, one of an exercise has status Exercise; a withdrawal cancels the alert that it names.
 *
 * @param rings outer borders of the area; none: its code alone says where
 */
export function capAlert(facts: NoticeFacts, district: string, rings: readonly Ring[]): string {
  const { declaration, state, timeZone, areaName } = facts;
  const { declarationId, level, takesEffectAt, declaredAt, exercise, withdrawal, areaId } = declaration;
  const notice = noticeOf(facts);
  const isCancelled = state === 'withdrawn';
  const sender = plain(`${district}.vung-xanh`);
  const sentFirst = capTime(declaredAt, timeZone);
  const identifier = plain(`level-${declarationId}`);
  const sent = isCancelled ? capTime(withdrawal!.at, timeZone) : sentFirst;
  const polygons = rings.flatMap((ring) => capPolygon(ring) ?? []);
  return xmlDocument(
    element(
      'alert',
      [
        element('identifier', isCancelled ? `${identifier}-cancel` : identifier),
        element('sender', sender),
        element('sent', sent),
        element('status', exercise ? 'Exercise' : 'Actual'),
        element('msgType', isCancelled ? 'Cancel' : 'Alert'),
        element('scope', 'Public'),
        exercise ? element('note', 'Diễn tập / Exercise') : undefined,
        isCancelled ? element('references', `${sender},${identifier},${sentFirst}`) : undefined,
        element('info', [
          element('language', 'vi-VN'),
          element('category', 'Health'),
          element('event', `Cấp độ dịch COVID-19: cấp ${level}`),
          element('responseType', isCancelled || level === 1 ? 'AllClear' : 'Prepare'),
          element('urgency', isCancelled ? 'Past' : state === 'scheduled' ? 'Future' : 'Expected'),
          element('severity', severities[level as OfficialLevel]),
          element('certainty', 'Observed'),
          element('effective', sent),
          element('onset', capTime(takesEffectAt, timeZone)),
          element('senderName', declaration.signedBy ?? facts.districtName),
          element('headline', notice.headline),
          element('description', notice.text),
          isCancelled ? undefined : element('instruction', notice.instruction),
          element('parameter', [element('valueName', 'level'), element('value', String(level))]),
          element('parameter', [element('valueName', 'policy'), element('value', declaration.policyId)]),
          element('area', [
            element('areaDesc', areaName),
            ...polygons.map((polygon) => element('polygon', polygon)),
            element('geocode', [element('valueName', 'areaId'), element('value', areaId)]),
          ]),
        ]),
      ],
      { xmlns: capNamespace },
    ),
  );
}
