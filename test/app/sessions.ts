import { maxLineQuantity, maxLines, noLines } from '../../app/cart';
import { orderOf } from '../../app/order';
import type { Sessions } from '../../app/stores/sessions';

interface Opened {
  readonly sessions: Sessions;
  close(): Promise<void>;
}

/** What holds for sessions at the server, whatever keeps them. `open` may be called once. */
export function keepsSessions(open: () => Promise<Opened>): void {
  let opened: Opened;
  let sessions: Sessions;
  let count = 0;
  const newId = () => `session ${count++}`;
  beforeAll(async () => {
    opened = await open();
    ({ sessions } = opened);
  });
  afterAll(() => opened.close());
  const linesOf = async (id: string) => Object.fromEntries((await sessions.read(id))?.lines ?? []);

  test('a line takes exactly up to its limit, and a refused add changes nothing', async () => {
    const id = newId();
    await sessions.add(id, 'anchor', 990, true);
    expect(await sessions.add(id, 'anchor', 10, false)).toEqual({ refused: 'lineFull', held: 990 });
    expect(await linesOf(id)).toEqual({ anchor: 990 });
    expect(await sessions.add(id, 'anchor', 9, false)).toEqual({ lines: new Map([['anchor', maxLineQuantity]]) });
    expect(await sessions.add(id, 'anchor', 1, false)).toEqual({ refused: 'lineFull', held: maxLineQuantity });
  });

  test('a cart takes exactly so many different products, and more of those it has', async () => {
    const id = newId();
    for (let line = 0; line < maxLines; line++) await sessions.add(id, `p${line}`, 1, true);
    expect(await sessions.add(id, 'one more', 1, false)).toEqual({ refused: 'cartFull' });
    expect(await sessions.add(id, 'p0', 1, false)).toHaveProperty('lines');
    expect(await sessions.change(id, 'p1', 0)).toHaveProperty('lines');
    expect(await sessions.add(id, 'one more', 1, false)).toHaveProperty('lines');
    expect(Object.keys(await linesOf(id))).toHaveLength(maxLines);
  });

  test('a session that is not there is made only when asked for', async () => {
    const id = newId();
    expect(await sessions.add(id, 'anchor', 1, false)).toEqual({ refused: 'missing' });
    expect(await sessions.change(id, 'anchor', 1)).toEqual({ refused: 'missing' });
    expect(await sessions.end(id, ['anchor'])).toBeUndefined();
    expect(await sessions.read(id)).toBeUndefined();
    await sessions.add(id, 'anchor', 1, true);
    expect(await linesOf(id)).toEqual({ anchor: 1 });
  });

  test('a change touches only a line that is there', async () => {
    const id = newId();
    await sessions.add(id, 'anchor', 2, true);
    expect(await sessions.change(id, 'tripod', 5)).toEqual({ refused: 'notInCart', lines: new Map([['anchor', 2]]) });
    expect(await sessions.change(id, 'anchor', 0)).toEqual({ lines: noLines });
    expect(await sessions.change(id, 'anchor', 3)).toEqual({ refused: 'notInCart', lines: noLines });
    expect(await sessions.add(id, 'anchor', 4, false)).toEqual({ lines: new Map([['anchor', 4]]) });
  });

  test('an ended session stays ended for adds, changes and a second end, and is read as none', async () => {
    const id = newId();
    await sessions.add(id, 'anchor', 2, true);
    expect(await sessions.end(id, ['tripod'])).toBeUndefined();
    expect(await sessions.end(id, ['tripod', 'anchor'])).toEqual(new Map([['anchor', 2]]));
    expect(await sessions.end(id, ['anchor'])).toBeUndefined();
    expect(await sessions.add(id, 'anchor', 1, true)).toEqual({ refused: 'ended' });
    expect(await sessions.change(id, 'anchor', 1)).toEqual({ refused: 'ended' });
    expect(await sessions.read(id)).toBeUndefined();
  });

  test('a session is read as it was put, with its receipt, until it is dropped', async () => {
    const id = newId();
    const order = orderOf(
      new Map([
        ['anchor', 2],
        ['spirit-level', 1],
      ]),
      'AAAAA-BBBBB',
    );
    const content = { lines: new Map([['tripod', 3]]), order };
    await sessions.put(id, content);
    expect(await sessions.read(id)).toEqual(content);
    await sessions.put(id, { lines: noLines });
    expect(await sessions.read(id)).toEqual({ lines: noLines });
    await sessions.drop(id);
    expect(await sessions.read(id)).toBeUndefined();
  });
}
