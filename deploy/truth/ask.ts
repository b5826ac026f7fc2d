import { isDeepStrictEqual } from 'node:util';
import { scratchDistrict } from './scratch.ts';
import type { TruthCase } from './telling.ts';

export interface Answer {
  got: unknown;
  ok: boolean;
}

/** Asks a case in a district of its own. What it throws is its answer. */
export async function askCase(one: TruthCase, product: { url: string; data: string; folder: string }): Promise<Answer> {
  let got: unknown;
  try {
    got = await one.ask(await scratchDistrict(product, `t${one.number.toLowerCase()}`, one.shapes));
  } catch (error) {
    got = (error as Error).message;
  }
  return { got, ok: isDeepStrictEqual(got, one.right) };
}

/** One case as people read it. */
export const say = ({ number, what, right }: TruthCase, { got, ok }: Answer): string =>
  `${ok ? 'right ' : 'WRONG '} ${number.padEnd(5)} ${what}\n       right ${JSON.stringify(right)}\n       got   ${JSON.stringify(got)}`;
