import { expect, test } from 'vitest';
import { placeOf } from './place-of.ts';

const nameOf = (areaId: string) =>
  ({ 'tan-quy-22': 'Tổ 22, phường Tân Quy', 'tan-quy': 'Phường Tân Quy' })[areaId] ?? areaId;
test.each([
  ['Tổ 22, phường Tân Quy', 'tan-quy-22', 'Tổ 22, phường Tân Quy'],
  ['5 Lê Văn Lương, PHƯỜNG TÂN QUY', 'tan-quy', '5 Lê Văn Lương, PHƯỜNG TÂN QUY'],
  ['5 Lê Văn Lương', 'tan-quy', '5 Lê Văn Lương, Phường Tân Quy'],
  ['5 Lê Văn Lương', null, '5 Lê Văn Lương'],
  [null, 'tan-quy', 'Phường Tân Quy'],
  [null, null, undefined],
])('%s in %s is said as %s', (address, areaId, said) => expect(placeOf({ address, areaId }, nameOf)).toBe(said));
