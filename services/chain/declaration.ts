import { chainAccess } from '#contracts/access/chain.ts';
import { defineSubsystem } from '#contracts/subsystem.ts';

/** Seals the journals: a chain of hashes by which damage is found. */
export const chain = defineSubsystem({
  name: 'chain',
  words: { vi: 'Chuỗi băm của nhật ký', en: 'Chain of the journal' },
  keepsRows: true,
  addsRowsOnly: true,
  readsJournals: true,
  reads: [],
  access: chainAccess,
});
