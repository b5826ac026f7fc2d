import type { ScenarioLever } from '@vungxanh/services/contracts/scenarios.ts';
import { type Composition, freeKey, horizons, mostDrafts, mostLevers } from './draft.ts';
import { leverFields, leverKinds } from './lever-fields.ts';

/** What is kept in the browser and in a shared link. */
interface Kept {
  days: number;
  drafts: { name: string; levers: ScenarioLever[] }[];
}

export const keptText = ({ days, drafts }: Composition): string =>
  JSON.stringify({ days, drafts: drafts.map(({ name, levers }) => ({ name, levers })) } satisfies Kept);

/** Reads what was kept or sent. Whatever is damaged is left out; undefined when nothing can be read: links are cut by people. */
export function readKept(text: string | null | undefined): Composition | undefined {
  let kept: Partial<Kept>;
  try {
    kept = JSON.parse(text ?? '');
  } catch {
    return undefined;
  }
  if (!kept || !Array.isArray(kept.drafts)) return undefined;
  const composition: Composition = { days: horizons.find((days) => days === kept.days) ?? 60, drafts: [] };
  for (const draft of kept.drafts.slice(0, mostDrafts)) {
    if (typeof draft?.name !== 'string' || !Array.isArray(draft.levers)) continue;
    const levers = draft.levers.filter(isLever).slice(0, mostLevers);
    composition.drafts.push({ key: freeKey(composition.drafts), name: draft.name.slice(0, 80), levers });
  }
  return composition;
}

const isDay = (value: unknown) =>
  typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value) && !Number.isNaN(Date.parse(value));

function isLever(value: unknown): value is ScenarioLever {
  if (typeof value !== 'object' || value === null) return false;
  const lever = value as Record<string, unknown>;
  const kind = leverKinds.find((known) => known === lever.kind);
  if (!kind || !isDay(lever.fromDate) || !isDay(lever.toDate)) return false;
  const { areaIds } = lever;
  if (areaIds !== undefined && !(Array.isArray(areaIds) && areaIds.every((id) => typeof id === 'string'))) return false;
  return leverFields[kind].every(({ name }) => Number.isFinite(lever[name]));
}

const throughStream = async (bytes: BlobPart, stream: CompressionStream | DecompressionStream) =>
  new Response(new Blob([bytes]).stream().pipeThrough(stream)).arrayBuffer();

/** A composition as letters that a link can carry: deflated JSON in base64url. */
export async function linkText(composition: Composition): Promise<string> {
  const bytes = new Uint8Array(await throughStream(keptText(composition), new CompressionStream('deflate-raw')));
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

export async function readLink(text: string): Promise<Composition | undefined> {
  try {
    const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
    const bytes = Uint8Array.from(binary, (letter) => letter.charCodeAt(0));
    const plain = await throughStream(bytes, new DecompressionStream('deflate-raw'));
    return readKept(new TextDecoder().decode(plain));
  } catch {
    return undefined;
  }
}
