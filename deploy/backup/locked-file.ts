import { createCipheriv, createDecipheriv, randomBytes, scryptSync } from 'node:crypto';
import { closeSync, fsyncSync, openSync, readFileSync, readSync, rmSync, statSync, writeSync } from 'node:fs';
import { BadBackup } from './manifest.ts';

/**
 * A file locked with a pass phrase: header, then pieces, each encrypted and authenticated by itself, so that none of a large file need be in memory or is given out
 * unproven. The nonce of a piece is a random prefix, its number, and whether it is the last one: pieces cannot be moved, left out, or cut off at the end.
 *
 * Header: 8 bytes of name and version, log2 of scrypt's N, r, p, 16 bytes of salt, 7 bytes of prefix; it is the additional data of every piece.
 * Sources: RFC 7914 (scrypt), NIST SP 800-38D (AES-GCM), Hoang, Reyhanitabar, Rogaway, Vizár, "Online Authenticated-Encryption and its Nonce-Reuse
 * Misuse-Resistance" (2015), STREAM.
 */
const name = Buffer.from('VXLOCK1\n');
const saltBytes = 16;
const prefixBytes = 7;
const tagBytes = 16;
const headerBytes = name.length + 3 + saltBytes + prefixBytes;
const pieceBytes = 64 * 1024;

/** 128 MB and some tenths of a second for each guess. */
export const usualCost = { logN: 17, r: 8, p: 1 };
/** More is not tried: a file could ask for all memory there is. */
const mostLogN = 20;

/** Fewest characters of a pass phrase. */
export const leastPassPhrase = 12;

/**
 * The first line of a file.
 *
 * @throws BadBackup when it is too short, or others may read the file
 */
export function readPassPhrase(path: string): string {
  if (statSync(path).mode & 0o077) throw new BadBackup(`${path} may be read by others: chmod 600 ${path}`);
  const phrase = readFileSync(path, 'utf8').split(/\r?\n/)[0]!.normalize('NFC');
  if (phrase.length < leastPassPhrase)
    throw new BadBackup(`the pass phrase in ${path} has fewer than ${leastPassPhrase} characters`);
  return phrase;
}

/** @throws BadBackup when there is none, and the file is locked */
export function neededPassPhrase(path: string, passPhrase: string | undefined): string {
  if (passPhrase === undefined) throw new BadBackup(`${path} is locked: --pass-phrase-file FILE opens it`);
  return passPhrase;
}

/** Whether a file is one of these. */
export function isLocked(path: string): boolean {
  const file = openSync(path, 'r');
  try {
    return read(file, name.length).equals(name);
  } finally {
    closeSync(file);
  }
}

/** Writes a file locked; `to` must not be there, and is synced. */
export function lockFile(from: string, to: string, passPhrase: string, cost = usualCost): void {
  const salt = randomBytes(saltBytes);
  const prefix = randomBytes(prefixBytes);
  const header = Buffer.concat([name, Buffer.from([cost.logN, cost.r, cost.p]), salt, prefix]);
  const key = keyOf(passPhrase, salt, cost);
  through(from, to, (source, target) => {
    writeSync(target, header);
    let piece = read(source, pieceBytes);
    for (let number = 0; ; number++) {
      const next = read(source, pieceBytes);
      const last = next.length === 0;
      const cipher = createCipheriv('aes-256-gcm', key, nonceOf(prefix, number, last)).setAAD(header);
      writeSync(target, Buffer.concat([cipher.update(piece), cipher.final(), cipher.getAuthTag()]));
      if (last) return;
      piece = next;
    }
  });
}

/**
 * Writes what was locked; nothing is left of it when it cannot be unlocked whole.
 *
 * @throws BadBackup for another pass phrase, and when the file was changed or cut off
 */
export function unlockFile(from: string, to: string, passPhrase: string): void {
  through(from, to, (source, target) => {
    const header = read(source, headerBytes);
    if (header.length < headerBytes || !header.subarray(0, name.length).equals(name))
      throw new BadBackup(`${from} is no locked file, or is cut off`);
    const [logN = 0, r = 0, p = 0] = header.subarray(name.length, name.length + 3);
    if (logN < 1 || logN > mostLogN || r < 1 || r > 16 || p < 1 || p > 4)
      throw new BadBackup(`${from} was changed: its header asks for what no backup has`);
    const salt = header.subarray(name.length + 3, name.length + 3 + saltBytes);
    const prefix = header.subarray(headerBytes - prefixBytes);
    const key = keyOf(passPhrase, salt, { logN, r, p });
    let piece = read(source, pieceBytes + tagBytes);
    for (let number = 0; ; number++) {
      const next = read(source, pieceBytes + tagBytes);
      const last = next.length === 0;
      const plain = opened(piece, key, nonceOf(prefix, number, last), header);
      if (!plain)
        throw new BadBackup(
          number === 0
            ? `${from}: the pass phrase is another one, or the file was changed or cut off`
            : `${from} was changed or cut off at byte ${headerBytes + number * (pieceBytes + tagBytes)} or after it`,
        );
      writeSync(target, plain);
      if (last) return;
      piece = next;
    }
  });
}

const keyOf = (passPhrase: string, salt: Buffer, { logN, r, p }: typeof usualCost): Buffer =>
  scryptSync(passPhrase, salt, 32, { N: 2 ** logN, r, p, maxmem: 256 * 2 ** logN * r });

/** 12 bytes: prefix, number, 1 for the last piece. */
function nonceOf(prefix: Buffer, number: number, last: boolean): Buffer {
  const counted = Buffer.alloc(5);
  counted.writeUInt32BE(number);
  counted[4] = last ? 1 : 0;
  return Buffer.concat([prefix, counted]);
}

function opened(piece: Buffer, key: Buffer, nonce: Buffer, header: Buffer): Buffer | undefined {
  if (piece.length < tagBytes) return undefined;
  const at = piece.length - tagBytes;
  const decipher = createDecipheriv('aes-256-gcm', key, nonce).setAAD(header).setAuthTag(piece.subarray(at));
  try {
    return Buffer.concat([decipher.update(piece.subarray(0, at)), decipher.final()]);
  } catch {
    return undefined;
  }
}

/** So many bytes, fewer at the end. */
function read(file: number, bytes: number): Buffer {
  const buffer = Buffer.alloc(bytes);
  let filled = 0;
  for (let got = 1; got > 0 && filled < bytes; filled += got)
    got = readSync(file, buffer, filled, bytes - filled, null);
  return buffer.subarray(0, filled);
}

function through(from: string, to: string, work: (source: number, target: number) => void): void {
  const source = openSync(from, 'r');
  try {
    const target = openSync(to, 'wx', 0o600);
    try {
      work(source, target);
      fsyncSync(target);
    } catch (error) {
      rmSync(to, { force: true });
      throw error;
    } finally {
      closeSync(target);
    }
  } finally {
    closeSync(source);
  }
}
