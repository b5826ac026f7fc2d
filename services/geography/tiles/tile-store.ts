import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';

export interface KeptTile {
  bytes: Uint8Array<ArrayBuffer>;
  etag: string;
  version: string;
}

/** Tiles as they were made last, up to `mostBytes`. A tile made of an older version is made again; its bytes, not the version, are its ETag. */
export class TileStore {
  private readonly tiles: LRUCache<string, KeptTile>;
  /** Tiles in the making: who asks for the same at the same time waits for it. */
  private readonly making = new Map<string, Promise<KeptTile>>();

  constructor(mostBytes = 32 * 1024 * 1024) {
    this.tiles = new LRUCache({ maxSize: mostBytes, sizeCalculation: (tile) => tile.bytes.byteLength + 256 });
  }

  async get(key: string, version: string, make: () => Promise<Uint8Array>): Promise<KeptTile> {
    const kept = this.tiles.get(key);
    if (kept?.version === version) return kept;
    const exact = `${key} ${version}`;
    const started = this.making.get(exact);
    if (started) return started;
    const work = (async () => {
      const made = await make();
      const etag = `"${createHash('sha256').update(made).digest('base64url').slice(0, 22)}"`;
      const tile: KeptTile = { bytes: new Uint8Array(made), etag, version };
      this.tiles.set(key, tile);
      return tile;
    })().finally(() => this.making.delete(exact));
    this.making.set(exact, work);
    return work;
  }
}
