import { both } from '../i18n/both.ts';

/** The bar of an exercise. */
export const exerciseWords = both(
  {
    banner: 'DIỄN TẬP',
    explanation: 'Số liệu mô phỏng, không phải tình hình thật',
    clock: 'Giờ diễn tập',
    pause: 'Tạm dừng',
    resume: 'Tiếp tục',
    stop: 'Kết thúc',
    start: 'Bắt đầu lại',
    confirmStop: 'Kết thúc diễn tập cho tất cả mọi người và xóa toàn bộ số liệu của nó?',
    finished: 'đã chạy hết',
    prefilling: 'đang nạp những tuần đầu…',
    speed: 'Tốc độ',
    paused: 'đang tạm dừng',
    stopped: 'chưa chạy',
    unavailable: 'Không điều khiển được diễn tập lúc này',
  },
  {
    banner: 'EXERCISE',
    explanation: 'Simulated figures, not the real situation',
    clock: 'Exercise clock',
    pause: 'Pause',
    resume: 'Resume',
    stop: 'End',
    start: 'Start again',
    confirmStop: 'End the exercise for everybody and throw all of its data away?',
    finished: 'played to its end',
    prefilling: 'loading the first weeks…',
    speed: 'Speed',
    paused: 'paused',
    stopped: 'not running',
    unavailable: 'The exercise cannot be controlled now',
  },
);
