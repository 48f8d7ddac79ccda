/** Requests as moving dots on a canvas above the picture. */

import type { Dot } from '../messages';

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Dots {
  readonly canvas: HTMLCanvasElement;
  /** @param wayOf where the request went, from its browser on; empty: nowhere to be seen */
  add(dots: readonly Dot[], wayOf: (dot: Dot) => readonly Point[]): void;
  clear(): void;
}

interface Flying {
  readonly dot: Dot;
  readonly way: readonly Point[];
  readonly from: number;
}

const flightMs = 900;
/** The server sends a handful ten times a second; they leave one after the other. */
const spreadMs = 100;
const mostFlying = 500;
const sharpest = 2;

export function dotsOn(picture: HTMLElement): Dots {
  const canvas = document.createElement('canvas');
  canvas.className = 'dots';
  canvas.setAttribute('aria-hidden', 'true');
  const still = matchMedia('(prefers-reduced-motion: reduce)');
  let flying: Flying[] = [];
  let running = false;
  let colours: Colours | null = null;
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => {
    colours = null;
  });

  function frame(now: number): void {
    const context = canvas.getContext('2d');
    const sharp = Math.min(sharpest, devicePixelRatio);
    const [width, height] = [picture.clientWidth, picture.clientHeight];
    if (canvas.width !== Math.round(width * sharp) || canvas.height !== Math.round(height * sharp)) {
      canvas.width = Math.round(width * sharp);
      canvas.height = Math.round(height * sharp);
    }
    flying = flying.filter(({ from }) => now - from < flightMs);
    running = flying.length > 0;
    if (!context) return;
    context.setTransform(sharp, 0, 0, sharp, 0, 0);
    context.clearRect(0, 0, width, height);
    // Not before the picture is in the page, which gives it its colours.
    colours ??= coloursOf(picture);
    const scheme = colours;
    for (const each of flying) if (now >= each.from) draw(context, each, (now - each.from) / flightMs, scheme);
    if (running) requestAnimationFrame(frame);
  }
  return {
    canvas,
    add: (dots, wayOf) => {
      // Nothing moves for those who ask for that; the rate at each instance says the same.
      if (still.matches || document.hidden) return;
      const now = performance.now();
      for (const [index, dot] of dots.entries()) {
        const way = wayOf(dot);
        if (way.length > 1) flying.push({ dot, way, from: now + (index * spreadMs) / dots.length });
      }
      flying = flying.slice(-mostFlying);
      if (!running && flying.length > 0) {
        running = true;
        requestAnimationFrame(frame);
      }
    },
    clear: () => {
      flying = [];
    },
  };
}

type Colours = ReturnType<typeof coloursOf>;

function coloursOf(picture: HTMLElement) {
  const style = getComputedStyle(picture);
  const colour = (name: string): string => style.getPropertyValue(`--${name}`).trim();
  return { answered: colour('bar'), lost: colour('much'), failed: colour('failed'), you: colour('ink') };
}

/** Colour and shape say the same: a dot was answered, a ring without its cart, a cross not at all. */
function draw(context: CanvasRenderingContext2D, { dot, way }: Flying, share: number, colours: Colours): void {
  const { x, y } = along(way, Math.min(1, share * 1.15));
  const size = dot.who === 'probe' ? 2 : dot.who === 'you' ? 6 : 3.6;
  // What the answer was shows once it is there.
  const outcome = share > 0.5 ? dot.outcome : 'answered';
  context.globalAlpha = (dot.who === 'probe' ? 0.5 : 1) * (share > 0.87 ? (1 - share) / 0.13 : 1);
  context.fillStyle = context.strokeStyle = colours[outcome];
  context.lineWidth = 2;
  context.beginPath();
  if (outcome === 'failed') {
    context.moveTo(x - size, y - size);
    context.lineTo(x + size, y + size);
    context.moveTo(x - size, y + size);
    context.lineTo(x + size, y - size);
    context.stroke();
  } else {
    context.arc(x, y, size, 0, 2 * Math.PI);
    if (outcome === 'lost') context.stroke();
    else context.fill();
  }
  if (dot.who === 'you') {
    context.strokeStyle = colours.you;
    context.beginPath();
    context.arc(x, y, size + 2.5, 0, 2 * Math.PI);
    context.stroke();
  }
  context.globalAlpha = 1;
}

/** The point of a way at a share of it; each part takes the same time. */
export function along(way: readonly Point[], share: number): Point {
  const parts = way.length - 1;
  const at = Math.min(parts - 1e-6, Math.max(0, share * parts));
  const [from, to] = [way[Math.floor(at)], way[Math.floor(at) + 1]];
  if (!from || !to) return way[way.length - 1] ?? { x: 0, y: 0 };
  const rest = at - Math.floor(at);
  return { x: from.x + (to.x - from.x) * rest, y: from.y + (to.y - from.y) * rest };
}
