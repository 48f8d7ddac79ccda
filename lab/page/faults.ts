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
  const grey = element('ul', { class: 'faults' });
  const lists = [list, grey];
  let may = false;
  const setDisabled = (): void => {
    for (const each of lists.flatMap((one) => [...one.querySelectorAll('button')]))
      each.disabled = !may || each.dataset.applies === 'no';
  };
  return {
    element: element(
      'section',
      { id: 'faults', 'aria-label': 'Faults' },
      element('h2', {}, 'Break something'),
      element('p', { class: 'soft' }, 'The seed chooses what each strikes. In the picture you choose yourself.'),
      list,
      element('h3', {}, 'Grey failures'),
      element('p', { class: 'soft' }, 'Health check, probes and dashboards do not see all of these.'),
      grey,
    ),
    show: (faults) => {
      refill(list, ...faults.filter(({ isGrey }) => !isGrey).map((fault) => item(fault, asks)));
      refill(grey, ...faults.filter(({ isGrey }) => isGrey).map((fault) => item(fault, asks)));
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
  const remark = remarkOn(inapplicable);
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
      remark === '' ? null : element('em', {}, ` ${remark}`),
    ),
  );
}

/** Where it does not apply, and why. */
function remarkOn(inapplicable: FaultButton['inapplicable']): string {
  const [left = null, right = null] = inapplicable;
  if (inapplicable.length === 1 || left === right) return left === null ? '' : `Does not apply: ${left}.`;
  return [left && `Not on the left: ${left}.`, right && `Not on the right: ${right}.`].filter(Boolean).join(' ');
}
