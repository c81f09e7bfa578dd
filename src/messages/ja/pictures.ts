import type { Size } from '../../task/picture.ts';
import type { Messages } from '../en/index.ts';
import { type LostWords, lostIn } from '../lost.ts';
import { isEnlarged, sizeOf as size, wholeMegabytes, wholeMegapixels } from '../shared.ts';

const PICTURES = {
  empty: '画像が空です(0バイト)。もう一度送ってください。',
  truncated: '画像が途中で切れているか、終わりが壊れています。保存し直して、新しいものを送ってください。',
  'too-heavy': 'この画像は開くのに負荷がかかりすぎます。普通のJPEGで保存し直して送ってください。',
  heic: 'HEICの画像は読めません。JPEGで送ってください(iPhoneでは、ファイルではなく写真として共有してください)。',
  invisible: 'この画像は全体が透明で、何も見えません。何か写っている画像を送ってください。',
  bmp: 'BMPの画像は読めません。JPEGかPNGで保存し直して送ってください。',
  tiff: 'TIFFの画像やRAW写真は読めません。JPEGかPNGで保存し直して送ってください。',
  jxl: 'JPEG XLの画像は読めません。普通のJPEGかPNGで保存し直して送ってください。',
  jp2: 'JPEG 2000の画像は読めません。普通のJPEGかPNGで保存し直して送ってください。',
  ico: 'アイコン(ICO)は動かせません。PNGで保存し直して送ってください。',
  cgbi: 'これはアプリ専用のApple独自のPNG(CgBI)です。MacかiPhoneでJPEGとして保存して送ってください。',
  svg: 'SVGは動かせません。PNGに書き出して送ってください。',
  pdf: 'これは画像ではなくPDFです。1ページをJPEGかPNGにして送ってください。',
  text: 'これは画像ではなくテキストファイルです。JPEG、PNG、WebPを送ってください。',
  video: 'これはすでに動画です。JPEG、PNG、WebPの静止画を送ってください。',
  'unknown-type': 'この種類のファイルは分かりません。JPEG、PNG、WebPを送ってください。',
};

const the = (which?: 'last'): string => (which ? '最後の画像' : '画像');

export const picture: Messages['picture'] = (p, which) => {
  switch (p.type) {
    case 'too-small':
      return `${the(which)}が小さすぎます(${size(p.found)})。各辺が${p.minSide}ピクセル以上のものを送ってください。`;
    case 'too-many-pixels':
      return `${the(which)}が大きすぎます(${size(p.found)})。${wholeMegapixels(p.maxPixels)}メガピクセル以下のものを送ってください。`;
    case 'too-many-bytes':
      return `${the(which)}のファイルが大きすぎます。${wholeMegabytes(p.maxBytes)} MB以下のものを送ってください。`;
    case 'wrong-size':
      return `${the(which)}は${size(p.found)}ですが、合わせ方「strict」では変更できません。${p.wanted.map(size).join('か')}の画像を送るか、合わせ方「crop」か「pad」を選んでください。`;
    default:
      return `${which ? '最後の画像: ' : ''}${PICTURES[p.type]}`;
  }
};

const LOST: LostWords = {
  shares: {
    '1/20': '20分の1',
    '1/10': '10分の1',
    '1/8': '8分の1',
    '1/6': '6分の1',
    '1/5': '5分の1',
    '1/4': '4分の1',
    '1/3': '3分の1',
    '2/5': '5分の2',
    '1/2': '半分',
    '3/5': '5分の3',
    '2/3': '3分の2',
    '3/4': '4分の3',
    '4/5': '5分の4',
    '9/10': '10分の9',
  },
  sides: {
    left: '左',
    right: '右',
    leftAndRight: '左右',
    above: '上',
    below: '下',
    aboveAndBelow: '上下',
  },
};

const resized = (n: { from: Size }, fitted: Size): string =>
  `${size(n.from)}から${isEnlarged(n, fitted) ? '拡大' : 'サイズ変更'}`;

export const note: Messages['note'] = (n, fitted) => {
  switch (n.type) {
    case 'first-frame':
      return 'アニメーションの最初のコマ';
    case 'upright':
      return '正しい向きに回転';
    case 'padded':
      return `${isEnlarged(n, fitted) ? '拡大、' : ''}${size(n.from)}の周りに余白を追加`;
    case 'cropped': {
      const lost = lostIn(n, fitted, LOST);
      return lost
        ? `${lost.side}を${lost.share}カット、${size(n.from)}から${isEnlarged(n, fitted) ? '拡大' : 'サイズ変更'}`
        : resized(n, fitted);
    }
    case 'resized':
      return resized(n, fitted);
    case 'left-motion':
      return '動きの強さはサービスまかせ';
  }
};
