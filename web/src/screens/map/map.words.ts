import { both } from '../../i18n/both.ts';

/** The map screen: what surrounds the map, and the sheet of a phone. */
export const mapScreenWords = both(
  {
    zoomIn: 'Phóng to',
    zoomOut: 'Thu nhỏ',
    wholeDistrict: 'Xem cả địa bàn',
    picking: 'Bấm vào bản đồ để chọn vị trí',
    sheet: {
      areas: 'Khu vực',
      layers: 'Lớp',
      time: 'Thời gian',
      news: 'Tin',
      expand: 'Mở rộng bảng',
      collapse: 'Thu gọn bảng',
    },
  },
  {
    zoomIn: 'Zoom in',
    zoomOut: 'Zoom out',
    wholeDistrict: 'Whole district',
    picking: 'Click the map to choose the place',
    sheet: {
      areas: 'Areas',
      layers: 'Layers',
      time: 'Time',
      news: 'News',
      expand: 'Expand the panel',
      collapse: 'Collapse the panel',
    },
  },
);
