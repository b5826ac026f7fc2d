import { abstain, type WordedAbstention } from '#contracts/http/outlook/abstention.ts';

/** Cases were last heard of too long ago to speak of the present. */
export const staleCases = (ageDays: number, mostDays: number): WordedAbstention =>
  abstain(
    'stale',
    `tin gần nhất về ca bệnh đã cách đây ${Math.floor(ageDays)} ngày, nhiều nhất là ${mostDays}`,
    `cases were last heard of ${Math.floor(ageDays)} days ago, at most ${mostDays}`,
  );
