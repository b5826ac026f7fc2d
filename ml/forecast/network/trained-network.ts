/**
 * The trained network as it lies in this folder: weights, and a card that says what they are. Loaded once in a process; weights that are not those
 * of the card are refused. Reading it takes files and TensorFlow.js, so this is the only file of the folder that a service loads by name.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { prepareTensorflow } from '../tensorflow.ts';
import { type Shape, weightCount } from './layers.ts';
import { type NetworkMember, networkMember } from './member.ts';
import { forwardTensors } from './tensors.ts';

/** What is known of the weights beside them. */
export interface NetworkCard {
  readonly shape: Shape;
  readonly parameters: number;
  /** SHA-256 of the file of weights */
  readonly weightsHash: string;
  readonly seed: number;
  readonly steps: number;
  readonly trainedOn: readonly {
    readonly name: string;
    readonly disease: string;
    readonly place: string;
    /** ISO dates; null: simulated */
    readonly window: readonly [string, string] | null;
    readonly rows: number;
  }[];
  /** first and last day of what was recorded; null where only simulated outbreaks were at hand */
  readonly dataWindow: readonly [string, string] | null;
  /** of this series the weights give these medians of the next four weeks: whoever runs them elsewhere can compare */
  readonly known: { readonly weeks: readonly number[]; readonly medians: readonly number[] };
  /** the tests in which it loses to the flat baseline, or its bands hold too little, in words */
  readonly fails: readonly { readonly vi: string; readonly en: string }[];
}

/** Weights that are not what their card says. */
export class WrongWeightsError extends Error {}

export const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** @throws WrongWeightsError when the hash or the number of weights is another than the card's */
export function weightsFrom(bytes: Uint8Array, card: Pick<NetworkCard, 'weightsHash' | 'shape'>): Float32Array {
  const hash = hashOf(bytes);
  if (hash !== card.weightsHash)
    throw new WrongWeightsError(
      `weights have the hash ${hash}, their card says ${card.weightsHash}: train again, or bring back the file`,
    );
  const weights = new Float32Array(bytes.slice().buffer);
  if (weights.length !== weightCount(card.shape))
    throw new WrongWeightsError(`${weights.length} weights, the shape of the card needs ${weightCount(card.shape)}`);
  return weights;
}

export const weightsFile = fileURLToPath(new URL('./weights.bin', import.meta.url));
export const cardFile = fileURLToPath(new URL('./card.json', import.meta.url));

export const readCard = (file = cardFile): NetworkCard => JSON.parse(readFileSync(file, 'utf8')) as NetworkCard;

/** Of a training that is not the one in use. */
export async function networkFrom(weights: string, card: string): Promise<NetworkMember> {
  const about = readCard(card);
  const numbers = weightsFrom(readFileSync(weights), about);
  await prepareTensorflow();
  return networkMember(forwardTensors(numbers, about.shape), about);
}

let used: Promise<NetworkMember> | undefined;

/** @throws WrongWeightsError; rejects when TensorFlow.js cannot start */
export function loadNetwork(): Promise<NetworkMember> {
  used ??= networkFrom(weightsFile, cardFile);
  return used;
}
