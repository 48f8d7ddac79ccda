/** What can be done to an instance, in a dialog. */

import type { Aim } from '../messages';
import { button, element } from './element';

export interface InstanceMenu {
  readonly element: HTMLDialogElement;
  /** @param says what the instance is, for the title */
  open(says: string, aim: Aim): void;
}

const acts: readonly (readonly [label: string, fault: string, means: string])[] = [
  ['Crash it', 'instance-crash', 'it ends without warning, and the platform replaces it'],
  ['Restart it', 'instance-restart', 'another process takes its place, under the same id'],
  ['Slow it down', 'instance-slow', 'it goes on, too slowly'],
  ['Let it fail', 'instance-errors', 'it answers with errors, and its health stays good'],
  ['Scale it in', 'scale-in', 'it is drained and given up'],
];

export function instanceMenu(strike: (fault: string, aim: Aim) => void): InstanceMenu {
  const title = element('h3', {});
  let target: Aim = {};
  const dialog = element('dialog', { 'aria-label': 'What to do with this instance' }, title);
  for (const [label, fault, means] of acts) {
    const act = (): void => {
      dialog.close();
      strike(fault, target);
    };
    dialog.append(element('p', {}, button(label, act, { 'data-fault': fault }), ` ${means}`));
  }
  dialog.append(
    element(
      'p',
      {},
      button('Leave it', () => dialog.close()),
    ),
  );
  return {
    element: dialog,
    open: (says, aim) => {
      title.textContent = says;
      target = aim;
      dialog.showModal();
    },
  };
}
