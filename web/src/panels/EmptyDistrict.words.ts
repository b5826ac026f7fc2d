import { both } from '../i18n/both.ts';

/** A district of which nothing is known yet. */
export const emptyDistrictWords = both(
  {
    nothing: 'Địa bàn này chưa có số liệu nào.',
    seeExercise: 'Xem diễn tập',
  },
  {
    nothing: 'Nothing has been entered for this district yet.',
    seeExercise: 'See the exercise',
  },
);
