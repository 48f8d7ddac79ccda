/** The page as a whole: takes messages, whether they come from a lab or from a recording. */

import type { Message, SideIndex } from '../messages';
import type { Asks } from './asks';
import { button, element, refill } from './element';
import { faultsView } from './faults';
import { newsView } from './news';
import { type SideView, sideView } from './side';
import { storyView } from './story';

export interface LabView {
  take(message: Message): void;
  /** Forgets what was shown, before a recording is played from its begin. */
  clear(): void;
}

const speeds = [10, 30, 60, 120, 300];

/** @param asks by what the page asks; given what to call with a reason when something is refused */
export function labView(root: HTMLElement, asksWith: (refused: (reason: string) => void) => Asks): LabView {
  const news = newsView();
  const asks = asksWith(news.add);
  const both = element('input', { type: 'checkbox', checked: true });
  const views: SideView[] = [];
  const sides = element('div', { class: 'sides' });
  const faults = faultsView(asks);
  const story = storyView(asks);
  const settings = element('div', { class: 'settings' });
  root.replaceChildren(settings, story.element, sides, faults.element, news.element);

  function introduce({ seed, shoppers, timeScale, sides: count }: Extract<Message, { kind: 'lab' }>): void {
    while (views.length > count) views.pop()?.element.remove();
    while (views.length < count) {
      const view = sideView(views.length as SideIndex, asks, () => both.checked);
      views.push(view);
      sides.append(view.element);
    }
    sides.dataset.count = String(count);
    const speed = element(
      'select',
      { 'data-key': 'speed', disabled: !asks.possible },
      ...[...new Set([...speeds, timeScale])]
        .sort((a, b) => a - b)
        .map((each) => element('option', { value: each, selected: each === timeScale }, `${each} times`)),
    );
    speed.addEventListener('change', () => asks.send({ do: 'speed', timeScale: Number(speed.value) }));
    refill(
      settings,
      element('span', {}, `${shoppers} shoppers a side, seed ${seed}`),
      element('label', {}, 'Azure’s timers run ', speed, ' as fast'),
      count > 1 && asks.possible ? element('label', {}, both, ' What I break, break on both sides') : null,
      asks.possible
        ? button('New shoppers', () => asks.send({ do: 'refill', side: null }), { 'data-key': 'refill' })
        : null,
      asks.possible ? element('a', { href: 'lab.json', download: 'lab.json' }, 'Keep the figures (JSON)') : null,
      asks.possible ? element('a', { href: 'lab.html', download: 'lab.html' }, 'Keep a replay (HTML)') : null,
    );
  }

  function end(reason: string): void {
    news.add(`The lab has ended. ${reason}`);
    document.body.classList.add('ended');
  }
  return {
    clear: () => {
      for (const view of views) view.clear();
      news.clear();
      document.body.classList.remove('ended');
    },
    take: (message) => {
      if (message.kind === 'lab') {
        introduce(message);
        story.offer(message.scenes);
      } else if (message.kind === 'faults') faults.show(message.faults);
      else if (message.kind === 'news') news.add(message.text);
      else if (message.kind === 'story') story.show(message.story);
      else if (message.kind === 'end') end(message.reason);
      else {
        views[message.side]?.take(message);
        if (message.kind === 'phase') faults.enable(asks.possible && views.every((view) => view.isReady()));
        if (message.kind === 'verdict') news.add(message.verdict.sentence);
      }
    },
  };
}
