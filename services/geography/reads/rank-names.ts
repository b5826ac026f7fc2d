import { bareName, plainName } from '../plain-name.ts';

export interface NamedPlace {
  id: string;
  /** area, waterway, road, place, planning-zone */
  kind: string;
  name: string;
  namePlain: string;
}

export interface RankedPlace {
  /** exact: same letters and accents. plain: same but for accents. prefix: begins so. similar: looks like it. */
  match: 'exact' | 'plain' | 'prefix' | 'similar';
  /** 0 to 1, comparable within one answer. */
  score: number;
}

const tiers: RankedPlace['match'][] = ['exact', 'plain', 'prefix', 'similar'];

/**
 * Orders candidates for what somebody typed. Accents are worth something when they are right and cost nothing when they are missing or wrong.
 * `ambiguous`: two or more share the best way of matching, and only asking can tell which was meant.
 */
export function rankNames<Place extends NamedPlace & { similarity: number }>(
  query: string,
  candidates: Place[],
): { ambiguous: boolean; candidates: (Place & RankedPlace)[] } {
  const typed = query.normalize('NFC').toLowerCase().trim();
  const plain = plainName(query);
  const bare = bareName(plain);
  const ranked = candidates.map((place) => ({ ...place, ...judge(place, typed, plain, bare) }));
  ranked.sort(
    (a, b) =>
      tiers.indexOf(a.match) - tiers.indexOf(b.match) ||
      b.score - a.score ||
      Number(b.kind === 'area') - Number(a.kind === 'area') ||
      a.namePlain.length - b.namePlain.length ||
      (a.id < b.id ? -1 : 1),
  );
  const best = ranked[0];
  const level = best && ranked.filter((place) => place.match === best.match && place.score === best.score);
  return { ambiguous: (level?.length ?? 0) > 1, candidates: ranked };
}

function judge(place: NamedPlace & { similarity: number }, typed: string, plain: string, bare: string): RankedPlace {
  const name = place.name.toLowerCase();
  const bareOfPlace = bareName(place.namePlain);
  const whole = place.namePlain === plain;
  // "tân phú" is meant by "Phường Tân Phú"; but "phường tân phú" is not meant by "Quận Tân Phú".
  const withoutKind = bareOfPlace === plain || (bare !== plain && place.namePlain === bare);
  if (whole || withoutKind) {
    const accents = whole ? name === typed : name.endsWith(` ${typed}`);
    return { match: accents ? 'exact' : 'plain', score: 1 };
  }
  if (place.namePlain.startsWith(plain) || bareOfPlace.startsWith(bare))
    return { match: 'prefix', score: place.similarity };
  return { match: 'similar', score: place.similarity };
}
