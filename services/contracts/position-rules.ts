import type { Position } from './primitives.ts';
import type { Words } from './words.ts';

/** Beyond this a point is not of the district: a swap, a sign, or the null island. Kilometres. */
export const reachKm = 300;

/** What is wrong with a position on Earth as a place of the district; undefined: nothing. `near`: the district's centre, when it is known. */
export function misplaced(position: Position, near: Position | undefined): Words | undefined {
  if (!near)
    return position.lon === 0 && position.lat === 0
      ? {
          vi: '0, 0 là giá trị thiết bị ghi khi không có vị trí',
          en: '0, 0 is what a device writes without a place',
        }
      : undefined;
  const distance = kilometres(near, position);
  if (distance <= reachKm) return undefined;
  if (Math.abs(position.lon) <= 90 && kilometres(near, { lon: position.lat, lat: position.lon }) <= reachKm)
    return { vi: 'vĩ độ và kinh độ có vẻ bị đổi chỗ', en: 'latitude and longitude look exchanged' };
  const far = Math.round(distance);
  return {
    vi: `cách địa bàn ${far.toLocaleString('vi')} km; nhiều nhất ${reachKm}`,
    en: `${far.toLocaleString('en')} km from the district; at most ${reachKm}`,
  };
}

/** Great-circle distance (haversine, mean radius 6371 km). */
export function kilometres(a: Position, b: Position): number {
  const radians = Math.PI / 180;
  const half = (angle: number) => Math.sin((angle * radians) / 2) ** 2;
  const chord = half(b.lat - a.lat) + Math.cos(a.lat * radians) * Math.cos(b.lat * radians) * half(b.lon - a.lon);
  return 2 * 6371 * Math.asin(Math.sqrt(Math.min(1, chord)));
}
