/** What this browser keeps for itself: drafts of imports, and commands that wait for a network. */
export type StoreName = 'import-drafts' | 'waiting-commands';
const stores: readonly StoreName[] = ['import-drafts', 'waiting-commands'];

function opened(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open('vung-xanh', 1);
    request.onupgradeneeded = () => {
      for (const name of stores) request.result.createObjectStore(name);
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

async function within<Result>(
  name: StoreName,
  mode: IDBTransactionMode,
  does: (store: IDBObjectStore) => IDBRequest<Result>,
): Promise<Result> {
  const database = await opened();
  try {
    return await new Promise((resolve, reject) => {
      const transaction = database.transaction(name, mode);
      const request = does(transaction.objectStore(name));
      // Kept when the transaction is, not when the request is.
      transaction.oncomplete = () => resolve(request.result);
      transaction.onabort = () => reject(transaction.error);
      transaction.onerror = () => reject(transaction.error);
    });
  } finally {
    database.close();
  }
}

/** Some values under names, in IndexedDB, which takes files as they are. Private windows of some browsers refuse all of it: each call then throws. */
export interface LocalStore<Value> {
  get(key: string): Promise<Value | undefined>;
  all(): Promise<Value[]>;
  put(key: string, value: Value): Promise<void>;
  remove(key: string): Promise<void>;
}

export const localStore = <Value>(name: StoreName): LocalStore<Value> => ({
  get: (key) => within<Value | undefined>(name, 'readonly', (store) => store.get(key)),
  all: () => within<Value[]>(name, 'readonly', (store) => store.getAll()),
  put: async (key, value) => {
    await within(name, 'readwrite', (store) => store.put(value, key));
  },
  remove: async (key) => {
    await within(name, 'readwrite', (store) => store.delete(key));
  },
});
