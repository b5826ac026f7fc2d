import { createHash } from 'node:crypto';
import { type ObjectStore, Objm } from '@nats-io/obj';
import type { Broker } from '#platform/broker.ts';
import { photoBucket } from './bucket.ts';
import type { PictureType } from './metadata.ts';

/** Bytes of pictures by their hash, district by district. */
export interface PhotoStore {
  /** @returns SHA-256 of the bytes, hexadecimal; the same bytes are kept once */
  put: (district: string, bytes: Uint8Array, mediaType: PictureType) => Promise<string>;
  get: (district: string, hash: string) => Promise<{ bytes: Uint8Array; mediaType: PictureType } | undefined>;
  has: (district: string, hash: string) => Promise<boolean>;
  /** Takes the bytes away; one that is not there is none. */
  remove: (district: string, hash: string) => Promise<void>;
}

/** Pictures in the object store of the broker: with as many copies as a journal has. */
export function openPhotoStore(broker: Pick<Broker, 'connection' | 'replicas'>): PhotoStore {
  let opened: Promise<ObjectStore> | undefined;
  const store = () => {
    opened ??= new Objm(broker.connection).create(photoBucket, { replicas: broker.replicas });
    // A broker that was away is asked again.
    opened.catch(() => {
      opened = undefined;
    });
    return opened;
  };
  const nameOf = (district: string, hash: string) => `${district}/${hash}`;
  const infoOf = async (district: string, hash: string) => (await store()).info(nameOf(district, hash));
  return {
    put: async (district, bytes, mediaType) => {
      const hash = createHash('sha256').update(bytes).digest('hex');
      const there = await infoOf(district, hash);
      if (!there || there.deleted)
        await (await store()).putBlob({ name: nameOf(district, hash), metadata: { mediaType } }, bytes);
      return hash;
    },
    get: async (district, hash) => {
      const info = await infoOf(district, hash);
      if (!info || info.deleted) return undefined;
      const bytes = await (await store()).getBlob(nameOf(district, hash));
      return bytes === null ? undefined : { bytes, mediaType: info.metadata?.mediaType as PictureType };
    },
    has: async (district, hash) => {
      const info = await infoOf(district, hash);
      return info !== null && !info.deleted;
    },
    remove: async (district, hash) => {
      const info = await infoOf(district, hash);
      if (info && !info.deleted) await (await store()).delete(nameOf(district, hash));
    },
  };
}
