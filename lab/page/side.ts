/** One side of the page: its picture, its figures, its switches and the shop in a frame. */

import type { Ask, Message, Phase, SideIndex, Verdict } from '../messages';
import type { Asks } from './asks';
import { countersView } from './counters';
import { button, element, refill } from './element';
import { pictureView } from './picture';
import { switchesView } from './switches';
import { youView } from './you';

type Of<Kind extends Message['kind']> = Extract<Message, { readonly kind: Kind }>;

/** What a side is sent. */
export type SideMessage = Of<'picture' | 'switches' | 'dots' | 'counters' | 'phase' | 'verdict' | 'you'>;

export interface SideView {
  readonly element: HTMLElement;
  take(message: SideMessage): void;
  /** Whether it is ready for a fault. */
  readonly isReady: () => boolean;
  clear(): void;
}

/** @param alike whether what is done by hand is done to both sides */
export function sideView(index: SideIndex, asks: Asks, alike: () => boolean): SideView {
  const title = element('h2', {}, '');
  const phaseLine = element('div', { class: 'phase' });
  const verdicts = element('ol', { class: 'verdicts', 'aria-label': 'Verdicts, newest first' });
  const counters = countersView();
  const switches = switchesView(index, asks);
  const you = youView();
  const picture = pictureView({
    possible: asks.possible,
    act: (ask: (side: SideIndex | null) => Ask) => asks.send(ask(alike() ? null : index)),
  });
  let phase: Phase = { is: 'starting', words: 'Starting.' };

  function showPhase(next: Phase): void {
    phase = next;
    const act = 'act' in next ? next.act : null;
    refill(
      phaseLine,
      element('p', {}, next.words),
      act !== null && asks.possible
        ? button(act, () => asks.send({ do: 'act', side: next.is === 'broken' ? index : null }), { 'data-key': 'act' })
        : null,
    );
    phaseLine.className = `phase ${next.is}`;
    picture.enable(next.is === 'ready');
  }

  function showVerdict(verdict: Verdict): void {
    const { sentence, reason } = verdict;
    verdicts.prepend(
      element(
        'li',
        {},
        element('strong', { class: riskOf(verdict) }, sentence),
        reason === null ? null : element('span', { class: 'soft' }, ` ${reason}`),
      ),
    );
    while (verdicts.children.length > 5) verdicts.lastElementChild?.remove();
  }
  const root = element(
    'section',
    { class: 'side', 'aria-label': index === 0 ? 'Left deployment' : 'Right deployment' },
    title,
    phaseLine,
    counters.element,
    picture.element,
    verdicts,
    switches.element,
    you.element,
  );
  return {
    element: root,
    isReady: () => phase.is === 'ready',
    clear: () => {
      picture.clear();
      verdicts.replaceChildren();
    },
    take: (message) => {
      if (message.kind === 'picture') {
        title.textContent = `${message.picture.word}`;
        picture.show(message.picture);
      } else if (message.kind === 'dots') picture.add(message.dots);
      else if (message.kind === 'counters') counters.show(message.counters);
      else if (message.kind === 'phase') showPhase(message.phase);
      else if (message.kind === 'verdict') showVerdict(message.verdict);
      else if (message.kind === 'switches') switches.show(message.switches);
      else if (asks.possible) you.show(message.you);
    },
  };
}

/** The scale of every report. */
function riskOf({ met, cartsLost, addsLost, shoppers }: Verdict): string {
  if (met === null) return 'unknown';
  if (cartsLost >= shoppers / 2) return 'much';
  return cartsLost + addsLost > 0 ? 'some' : 'none';
}
