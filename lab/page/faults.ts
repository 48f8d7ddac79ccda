/** Every fault of the drill as a button, for both sides at once. */

import type { FaultButton } from '../messages';
import type { Asks } from './asks';
import { button, element, refill } from './element';

export interface FaultsView {
  readonly element: HTMLElement;
  show(faults: readonly FaultButton[]): void;
  /** Whether every side is ready. */
  enable(may: boolean): void;
}

export function faultsView(asks: Asks): FaultsView {
  const list = element('ul', { class: 'faults' });
  let may = false;
  const setDisabled = (): void => {
    for (const each of list.querySelectorAll('button')) each.disabled = !may || each.dataset.applies === 'no';
  };
  return {
    element: element(
      'section',
      { id: 'faults', 'aria-label': 'Faults' },
      element('h2', {}, 'Break something'),
      element('p', { class: 'soft' }, 'The seed chooses what each strikes. In the picture you choose yourself.'),
      list,
    ),
    show: (faults) => {
      refill(list, ...faults.map((fault) => item(fault, asks)));
      setDisabled();
    },
    enable: (now) => {
      may = now;
      setDisabled();
    },
  };
}

function item({ id, description, source, inapplicable }: FaultButton, asks: Asks): HTMLElement {
  const applies = inapplicable.some((reason) => reason === null);
  const reasons = [...new Set(inapplicable.flatMap((reason) => reason ?? []))];
  return element(
    'li',
    {},
    button(id, () => asks.send({ do: 'fault', side: null, fault: id, aim: {} }), {
      'data-key': id,
      'data-applies': applies ? 'yes' : 'no',
      'aria-describedby': `about-${id}`,
    }),
    element(
      'span',
      { id: `about-${id}`, class: 'soft' },
      `${description}. `,
      source === null ? null : element('a', { href: source, target: '_blank', rel: 'noreferrer' }, 'Source'),
      ...(reasons.length === 0 ? [] : [element('em', {}, ` Not everywhere: ${reasons.join('; ')}.`)]),
    ),
  );
}
