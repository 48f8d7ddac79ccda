/** The five scenes: their buttons, and what the one that plays says. */

import type { SceneCard, StoryState } from '../messages';
import type { Asks } from './asks';
import { button, element, refill } from './element';

export interface StoryView {
  readonly element: HTMLElement;
  offer(scenes: readonly SceneCard[]): void;
  show(story: StoryState | null): void;
}

export function storyView(asks: Asks): StoryView {
  const list = element('ol', { class: 'scenes' });
  const told = element('div', { class: 'told', 'aria-live': 'polite' });
  let cards: readonly SceneCard[] = [];
  let current: StoryState | null = null;

  function draw(): void {
    refill(
      list,
      ...cards.map(({ title, question, refused }, index) =>
        element(
          'li',
          {},
          button(title, () => asks.send({ do: 'scene', scene: index }), {
            'data-key': `scene ${index}`,
            'aria-current': current?.scene === index ? 'step' : null,
            disabled: refused !== null || !asks.possible,
            title: refused ?? question,
          }),
        ),
      ),
    );
    if (current === null) {
      told.replaceChildren();
      return;
    }
    const { title, step, proof, scene } = current;
    const isLast = scene === cards.length - 1;
    refill(
      told,
      element('h3', {}, title),
      element('p', {}, step),
      proof && element('p', { class: 'proof' }, element('strong', {}, proof.sentence)),
      proof && element('p', {}, 'The same as a drill with figures: ', element('code', {}, proof.command)),
      asks.possible
        ? element(
            'p',
            {},
            proof && !isLast
              ? button('Next scene', () => asks.send({ do: 'scene', scene: scene + 1 }), { 'data-key': 'next' })
              : null,
            ' ',
            button('Leave the story', () => asks.send({ do: 'leave story' }), { 'data-key': 'leave' }),
          )
        : null,
    );
  }
  return {
    element: element(
      'section',
      { id: 'story', 'aria-label': 'Story' },
      element('h2', {}, 'The story, in five scenes'),
      list,
      told,
    ),
    offer: (scenes) => {
      cards = scenes;
      draw();
    },
    show: (story) => {
      current = story;
      draw();
    },
  };
}
