/** Draws a side: boxes for regions, zones and instances, and buttons for what can be done to them. */

import type { Aim, Ask, Dot, DrawnCache, DrawnInstance, DrawnRegion, DrawnZone, Picture, SideIndex } from '../messages';
import { type Dots, dotsOn, type Point } from './dots';
import { button, element, refill } from './element';
import { instanceMenu } from './menu';

export interface PictureView {
  readonly element: HTMLElement;
  show(picture: Picture): void;
  add(dots: readonly Dot[]): void;
  /** Whether something may be done now. */
  enable(may: boolean): void;
  clear(): void;
}

export interface Hands {
  /** False in a replay. */
  readonly possible: boolean;
  /** What a person does to this side, and to the other one if both are struck alike. */
  readonly act: (ask: (side: SideIndex | null) => Ask) => void;
}

const stateWords: Readonly<Record<DrawnInstance['state'], string>> = {
  running: 'runs',
  gone: 'gone',
  out: 'out of rotation',
  draining: 'drains',
};

/** Answers of an instance are counted over so long, which smooths them a little. */
const rateMs = 2_000;

export function pictureView(hands: Hands): PictureView {
  const boxes = element('div', { class: 'boxes' });
  const root = element('div', { class: 'picture' }, boxes);
  const dots: Dots = dotsOn(root);
  root.append(dots.canvas);
  let anchors = new Map<string, Point>();
  let regionOf = new Map<string, number>();
  let answers: { readonly key: string; readonly at: number }[] = [];
  let may = false;

  const fault = (name: string, aim: Aim): void => hands.act((side) => ({ do: 'fault', side, fault: name, aim }));
  const menu = instanceMenu(fault);
  root.append(menu.element);
  const cut = (key: string, label: string, says: string, act: () => void): HTMLElement | null =>
    hands.possible
      ? button(label, act, { class: 'cut', 'data-key': key, 'aria-label': says, title: says, disabled: !may })
      : null;

  function measure(): void {
    const around = root.getBoundingClientRect();
    anchors = new Map(
      [...root.querySelectorAll<HTMLElement>('[data-anchor]')].map((each) => {
        const box = each.getBoundingClientRect();
        return [
          each.dataset.anchor ?? '',
          { x: box.left - around.left + box.width / 2, y: box.top - around.top + box.height / 2 },
        ];
      }),
    );
  }
  new ResizeObserver(measure).observe(root);

  const instanceBox = (instance: DrawnInstance, region: number, where: string): HTMLElement => {
    const { key, id, state, carts, ordinal } = instance;
    const held = carts === 0 ? '' : `, ${carts} ${carts === 1 ? 'cart' : 'carts'} in its memory`;
    const says = `Instance ${id}, ${where}: ${stateWords[state]}${held}`;
    const parts = [
      element('span', { class: 'id', 'data-anchor': key }, id),
      element('span', { class: 'state' }, stateWords[state]),
      cartMarks(carts),
      element('span', { class: 'rate', 'data-rate': key }, ''),
    ];
    const attributes = { class: `instance ${state}`, 'data-key': `${region}/${ordinal}` };
    if (!hands.possible) return element('div', { ...attributes, role: 'img', 'aria-label': says }, ...parts);
    // Its name is what it shows, so that whoever speaks to the computer can say what they see.
    const box = button('', () => menu.open(says, { region, instance: ordinal }), {
      ...attributes,
      title: says,
      'aria-haspopup': 'dialog',
      disabled: !may || state !== 'running',
    });
    box.append(...parts);
    return box;
  };

  const zoneBox = ({ zone, assumed, instances }: DrawnZone, region: DrawnRegion, index: number): HTMLElement => {
    const name = zone === null ? 'zone unknown' : `zone ${zone}`;
    return element(
      'div',
      { class: 'zone' },
      element(
        'div',
        { class: 'name' },
        element('span', {}, assumed && zone !== null ? `${name}, assumed` : name),
        zone === null
          ? null
          : cut(`${index}/zone ${zone}`, 'Cut', `Cut ${name} of ${region.name}`, () =>
              fault('zone-loss', { region: index, zone }),
            ),
      ),
      ...(instances.length === 0
        ? [element('p', { class: 'empty' }, 'empty')]
        : instances.map((instance) => instanceBox(instance, index, `${name} of ${region.name}`))),
    );
  };

  const cacheBox = (cache: DrawnCache, region: DrawnRegion, index: number): HTMLElement => {
    const node = (role: string, state: string, bad: boolean): HTMLElement =>
      element('span', { class: `node${bad ? ' gone' : ''}` }, `${role}: ${state}`);
    const reach = cache.reachable ? '' : ', out of reach';
    return element(
      'div',
      { class: `cache${cache.reachable ? '' : ' gone'}` },
      element('div', { class: 'name' }, element('span', {}, `Redis${reach}`), cartMarks(cache.carts)),
      element(
        'div',
        { class: 'nodes' },
        node('primary', cache.primary, cache.primary === 'gone'),
        cache.replica === 'none' ? null : node('replica', cache.replica, cache.replica === 'behind'),
        cut(`${index}/primary`, 'Crash primary', `Crash primary of Redis in ${region.name}`, () =>
          fault('redis-failover', { region: index }),
        ),
        cut(`${index}/reach`, 'Cut off', `Cut off Redis of ${region.name} for a minute`, () =>
          fault('redis-outage', { region: index }),
        ),
      ),
    );
  };

  const regionBox = (region: DrawnRegion, index: number, picture: Picture): HTMLElement => {
    const inner = picture.layers.filter(({ name }) => name !== 'Front Door');
    return element(
      'div',
      { class: `region${region.dark ? ' dark' : ''}` },
      element(
        'div',
        { class: 'name' },
        element(
          'strong',
          {},
          `${region.name}${region.role === 'standby' ? ', stands by' : ''}${region.dark ? ', dark' : ''}`,
        ),
        cut(`${index}/region`, 'Cut region', `Cut region ${region.name}`, () =>
          fault('region-loss', { region: index }),
        ),
      ),
      element('div', { class: 'layers', 'data-anchor': `entry ${index}` }, ...inner.map(layerPill)),
      element('div', { class: 'zones' }, ...region.zones.map((zone) => zoneBox(zone, region, index))),
      region.cache && cacheBox(region.cache, region, index),
    );
  };

  const linkBox = (link: 'up' | 'cut'): HTMLElement =>
    element(
      'div',
      { class: `link${link === 'cut' ? ' gone' : ''}` },
      element('span', {}, link === 'cut' ? 'replication between regions: cut' : 'replication between regions'),
      cut(
        'link',
        link === 'cut' ? 'Join' : 'Cut link',
        link === 'cut' ? 'Join the link between regions' : 'Cut link between regions',
        () => hands.act((side) => ({ do: 'link', side, cut: link === 'up' })),
      ),
    );

  function show(picture: Picture): void {
    const { regions, layers, link, shoppers, sessions } = picture;
    const frontDoor = layers.find(({ name }) => name === 'Front Door');
    regionOf = new Map(
      regions.flatMap(({ zones }, index) =>
        zones.flatMap(({ instances }) => instances.map(({ key }) => [key, index] as const)),
      ),
    );
    refill(
      boxes,
      element(
        'div',
        { class: 'browsers' },
        element('span', { class: 'label' }, sessions.keptIn === 'client' ? 'Browsers, each with its cart' : 'Browsers'),
        element(
          'span',
          { class: 'crowd', role: 'img', 'aria-label': crowdWords(picture) },
          ...shoppers.map(({ id, cart }) =>
            element('i', {
              class: `shopper ${cart}${sessions.keptIn === 'client' ? ' holds' : ''}`,
              'data-anchor': `shopper ${id}`,
            }),
          ),
        ),
        element('span', { class: 'you', 'data-anchor': 'shopper you' }, 'you'),
      ),
      frontDoor ? element('div', { class: 'layers', 'data-anchor': 'front door' }, layerPill(frontDoor)) : null,
      element('div', { class: 'regions' }, ...regions.map((region, index) => regionBox(region, index, picture))),
      link === null ? null : linkBox(link),
    );
    measure();
    showRates();
  }

  /** From the browser through the layers to the instance that answered, or as far as it came. */
  function wayOf({ who, process, near }: Dot): readonly Point[] {
    const region = process === null ? near : (regionOf.get(process) ?? near);
    const names = [who === 'probe' ? 'shopper you' : `shopper ${who}`, 'front door', `entry ${region}`, process ?? ''];
    return names.flatMap((name) => anchors.get(name) ?? []);
  }

  function showRates(): void {
    const since = performance.now() - rateMs;
    answers = answers.filter(({ at }) => at >= since);
    for (const each of boxes.querySelectorAll<HTMLElement>('[data-rate]')) {
      const count = answers.filter(({ key }) => key === each.dataset.rate).length;
      const text = `${Math.round((count * 1000) / rateMs)}/s`;
      if (each.textContent !== text) each.textContent = text;
    }
  }
  setInterval(showRates, rateMs / 2);

  return {
    element: root,
    show,
    add: (given) => {
      const at = performance.now();
      for (const { process, outcome } of given)
        if (process !== null && outcome !== 'failed') answers.push({ key: process, at });
      dots.add(given, wayOf);
    },
    enable: (now) => {
      may = now;
      for (const each of boxes.querySelectorAll<HTMLButtonElement>('button'))
        each.disabled = !may || (each.classList.contains('instance') && !each.classList.contains('running'));
    },
    clear: () => {
      dots.clear();
      answers = [];
    },
  };
}

const layerPill = ({ name, affinity }: Picture['layers'][number]): HTMLElement =>
  element('span', { class: 'layer' }, name, element('small', {}, `affinity ${affinity}`));

/** Carts as small squares, many of them as a number. */
function cartMarks(count: number): HTMLElement {
  if (count === 0) return element('span', { class: 'carts' });
  const words = `${count} ${count === 1 ? 'cart' : 'carts'}`;
  const marks = Array.from({ length: Math.min(count, 16) }, () => element('i', {}));
  return element(
    'span',
    { class: 'carts' },
    element('span', { class: 'marks', 'aria-hidden': 'true' }, ...marks),
    words,
  );
}

function crowdWords({ shoppers }: Picture): string {
  const lost = shoppers.filter(({ cart }) => cart === 'lost').length;
  return `${shoppers.length} browsers; ${lost} did not find their cart at their last look`;
}
