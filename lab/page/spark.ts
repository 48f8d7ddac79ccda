/** A small line of a figure over time. */

import { drawing } from './element';

const [width, height] = [72, 18];

/** Four values a second, of a minute. */
const mostValues = 240;

export interface Spark {
  readonly element: SVGElement;
  add(value: number): void;
  clear(): void;
}

export function spark(): Spark {
  let values: number[] = [];
  const path = drawing('path', { fill: 'none' });
  const svg = drawing(
    'svg',
    { class: 'spark', viewBox: `0 0 ${width} ${height}`, 'aria-hidden': 'true', preserveAspectRatio: 'none' },
    path,
  );
  const draw = (): void => {
    const most = Math.max(1, ...values);
    const step = width / (mostValues - 1);
    const begin = width - (values.length - 1) * step;
    const points = values.map((value, index) => {
      const y = height - 1.5 - (value / most) * (height - 3);
      return `${(begin + index * step).toFixed(1)} ${y.toFixed(1)}`;
    });
    path.setAttribute('d', points.length > 1 ? `M${points.join('L')}` : '');
  };
  return {
    element: svg,
    add: (value) => {
      values.push(value);
      if (values.length > mostValues) values = values.slice(-mostValues);
      draw();
    },
    clear: () => {
      values = [];
      draw();
    },
  };
}
