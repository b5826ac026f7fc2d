/** As wide as a phone, or narrower: one column, the screens in a bar at the bottom. Pixels. */
export const phoneWidth = 760;
