import { type Html, trusted } from './html';

/** Line drawings on a 48 by 48 grid, by product id: inline, so that a page is one request. */
const strokes: Readonly<Record<string, string>> = {
  anchor:
    '<circle cx="24" cy="9" r="4"/><path d="M24 13v29M15 20h18M7 29c1 8 8 13 17 13s16-5 17-13M7 29l-2 6m2-6 6 3m28-3 2 6m-2-6-6 3"/>',
  'door-wedge': '<path d="M5 37 41 19v18zM41 19l3 2v18l-3-2M5 37l3 2h36M17 31v6M29 25v12"/>',
  gyroscope:
    '<circle cx="24" cy="24" r="16"/><ellipse cx="24" cy="24" rx="16" ry="6"/><path d="M24 3v42M20 45h8"/><circle cx="24" cy="24" r="3"/>',
  paperweight: '<path d="M8 36a16 16 0 0 1 32 0zM5 36h38v5H5zM17 33a8 8 0 0 1 7-9"/>',
  'plumb-bob': '<path d="M24 3v15M19 18h10M17 22h14l-1 8-6 14-6-14zM19 18l-2 4m12-4 2 4M18 30h12"/>',
  sandbag:
    '<path d="M14 14c-8 7-10 28-4 29h28c6-1 4-22-4-29M14 14h20M14 14l-3-7c4 2 6-1 9 0s5 1 8 0 5 2 9 0l-3 7M19 23c3 2 7 2 10 0"/>',
  'spirit-level':
    '<rect x="3" y="16" width="42" height="16" rx="2"/><rect x="16" y="20" width="16" height="8" rx="4"/><path d="M21 20v8M27 20v8M8 24h3M37 24h3"/><circle cx="24" cy="24" r="1.5"/>',
  tripod: '<path d="M17 6h14v7H17zM24 13v6M21 19h6M22 19 10 44M26 19l12 25M24 19v25M17 30h14"/>',
};

const draw = (inner: string): Html =>
  trusted(
    '<svg viewBox="0 0 48 48" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" ' +
      `stroke-linejoin="round" aria-hidden="true">${inner}</svg>`,
  );

export const drawing = (productId: string): Html => draw(strokes[productId] ?? '<circle cx="24" cy="24" r="16"/>');

/** The shop's sign by itself, for the browser's tab. */
export const icon =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 48 48" fill="none" stroke="#0b6e69" stroke-width="3" ' +
  `stroke-linecap="round" stroke-linejoin="round">${strokes['plumb-bob']}</svg>`;
