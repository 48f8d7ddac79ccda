/** The figures of a side, each with a line over time. */

import type { Counters } from '../messages';
import { element } from './element';
import { spark } from './spark';

type Figure = 'cartsAlive' | 'cartsLost' | 'addsLost' | 'requestsFailed' | 'answersPerSecond';

const figures: readonly (readonly [figure: Figure, label: string])[] = [
  ['cartsAlive', 'carts alive'],
  ['cartsLost', 'carts lost'],
  ['addsLost', 'adds lost'],
  ['requestsFailed', 'requests failed'],
  ['answersPerSecond', 'answers a second'],
];

/** Figures of which any is a loss. */
const losses: readonly Figure[] = ['cartsLost', 'addsLost', 'requestsFailed'];

export interface CountersView {
  readonly element: HTMLElement;
  show(counters: Counters): void;
}

export function countersView(): CountersView {
  const cells = figures.map(([figure, label]) => {
    const value = element('dd', { 'data-figure': figure }, '0');
    const line = spark();
    const box = element('div', {}, element('dt', {}, label), value);
    box.append(line.element);
    return { figure, value, line, box };
  });
  return {
    element: element('dl', { class: 'counters' }, ...cells.map(({ box }) => box)),
    show: (counters) => {
      for (const { figure, value, line, box } of cells) {
        const count = counters[figure];
        const text = figure === 'cartsLost' ? `${count} of ${counters.shoppers}` : String(count);
        if (value.textContent !== text) value.textContent = text;
        box.className = losses.includes(figure) && count > 0 ? risk(figure, counters) : '';
        line.add(count);
      }
    },
  };
}

/** The scale of every report: half of the carts is much. */
const risk = (figure: Figure, { cartsLost, shoppers }: Counters): string =>
  figure === 'cartsLost' && cartsLost >= shoppers / 2 ? 'much' : 'some';
