/** The choices of a side, as lists to choose from. */

import type { SideIndex, Switch } from '../messages';
import type { Asks } from './asks';
import { element, refill } from './element';

export interface SwitchesView {
  readonly element: HTMLElement;
  show(switches: readonly Switch[]): void;
}

export function switchesView(index: SideIndex, asks: Asks): SwitchesView {
  const fields = element('div', { class: 'fields' });
  const root = element(
    'details',
    { class: 'switches' },
    element('summary', {}, 'Change this deployment'),
    element(
      'p',
      { class: 'soft' },
      'A change starts this side again, with the choice overridden as on the command line.',
    ),
    fields,
  );
  return {
    element: root,
    show: (switches) => {
      refill(fields, ...switches.map((each) => field(each, index, asks)));
    },
  };
}

function field({ choice, label, value, values, refused }: Switch, side: SideIndex, asks: Asks): HTMLElement {
  const list = element(
    'select',
    { 'data-key': choice, disabled: !asks.possible },
    ...values.map((each) =>
      element(
        'option',
        { value: each, selected: each === value, disabled: refused[each] !== undefined },
        refused[each] === undefined ? each : `${each} (${refused[each]})`,
      ),
    ),
  );
  list.addEventListener('change', () => asks.send({ do: 'choose', side, choice, value: list.value }));
  return element('label', {}, `${label} `, list);
}
