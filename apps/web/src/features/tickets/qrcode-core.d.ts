// The part of the package that only computes: what draws to canvases and files stays out of the page.
declare module 'qrcode/lib/core/qrcode.js' {
  export { create } from 'qrcode';
}
