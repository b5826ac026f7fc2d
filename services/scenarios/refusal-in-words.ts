import { type AbstentionReason, abstain, type WordedAbstention } from '#contracts/http/outlook/abstention.ts';
import type { JobRefused } from './work/job-thread.ts';

const vietnamese = {
  'too-few-days': 'số ngày có số liệu còn quá ít để khớp mô hình',
  'no-cases': 'hai tuần gần nhất không có ca nào',
  'outside-prior': 'số liệu cho hệ số lây ngoài khoảng mà mô hình chấp nhận',
  'impossible-input': 'số liệu đầu vào không tính được',
  computation: 'phép tính gặp lỗi',
} satisfies Partial<Record<AbstentionReason, string>>;

const isNamed = (reason: string): reason is keyof typeof vietnamese => reason in vietnamese;

/** Why a job could not be done. What the programme says of it (English) follows in brackets where a reader of Vietnamese has no other words for it. */
export function refusalInWords({ reason, message }: JobRefused): WordedAbstention {
  const detail = message.slice(0, 1000);
  const named = isNamed(reason) ? reason : 'computation';
  return abstain(named, `${vietnamese[named]} (${detail})`, detail);
}
