import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { planFleet } from '../../drill/plan/fleetPlan';
import { createPlatformClock } from '../../drill/platform/clock';
import { InputError } from '../../inputError';
import { replayPage } from '../../lab/export/pages';
import type { Message } from '../../lab/messages';
import { openerOf, openPage } from '../../lab/openPage';
import { timeToEnd } from '../../lab/server/idle';
import { lockLab } from '../../lab/server/lock';
import type { LabServer } from '../../lab/server/server';
import { playable } from '../../lab/session/deployment';
import { openHub } from '../../lab/session/hub';
import { switchesOf, withChoice } from '../../lab/session/switches';
import { roundClock } from '../../lab/side/roundClock';
import { watchRequests } from '../../lab/side/watchedRequests';
import { commandOf, sceneCards, storyScenes } from '../../lab/story/scenes';
import { yourCart } from '../../lab/you/yourCart';
import { variants } from '../../main';
import { architecture } from '../support/drill/architectures';
import { variant } from '../support/drill/variants';

function plan(name: string) {
  const planned = planFleet(variant(name));
  if ('notApplicable' in planned) throw new Error(planned.notApplicable);
  return planned;
}

describe('what can be played', () => {
  test('a variant with Redis is refused where there is none, with those that need none and how to get it', () => {
    const refused = () => playable('zone-redundant', variant('zone-redundant'), false, ['single-zone', 'cookies']);
    expect(refused).toThrow(InputError);
    expect(refused).toThrow(/apt install redis-server.*These need none: single-zone, cookies\.$/);
    expect(playable('zone-redundant', variant('zone-redundant'), true, []).plan.store).toBe('redis');
  });

  test('a deployment that cannot be drilled is refused with the reason', () => {
    const unread = architecture({ name: 'mine', instances: 0 });
    expect(() => playable('mine', unread, true, [])).toThrow(/^mine cannot be played: .*declares 0 instances/);
  });
});

describe('switches', () => {
  test('are those of the layers that the deployment has', () => {
    const choices = (name: string) => switchesOf(plan(name), true).map(({ choice, value }) => `${choice}=${value}`);
    expect(choices('single-zone')).toEqual(['appService=on', 'sessions=in-process']);
    expect(choices('zone-redundant-sticky')).toEqual(['appService=on', 'applicationGateway=on', 'sessions=in-process']);
    expect(choices('multi-region-sticky')).toEqual(['appService=on', 'frontDoor=on', 'sessions=in-process']);
  });

  test('say what cannot be chosen, and why', () => {
    const refused = (name: string, hasRedis: boolean) => switchesOf(plan(name), hasRedis).at(-1)?.refused ?? {};
    expect(Object.keys(refused('single-zone', false))).toEqual(['redis', 'redis-geo']);
    expect(Object.keys(refused('single-zone', true))).toEqual(['redis-geo']);
    expect(refused('multi-region-active-active', true)).toEqual({});
  });

  test('make the word that a user would type', () => {
    expect(withChoice('single-zone', 'appService', 'off')).toBe('single-zone,appService=off');
    expect(withChoice('single-zone,appService=off,sessions=redis', 'appService', 'on')).toBe(
      'single-zone,sessions=redis,appService=on',
    );
  });
});

describe('your own cart', () => {
  const cart = (units: Record<string, number>) => new Map(Object.entries(units));

  test('is gone when a look shows nothing of it, and that stays said until you change it', () => {
    const yours = yourCart();
    yours.change(cart({ tea: 2 }), false);
    expect([yours.units(), yours.lost()]).toEqual([2, null]);
    yours.see(cart({}));
    yours.see(cart({}));
    expect(yours.lost()).toBe('Your cart is gone, with 2 things that the shop had acknowledged.');
    yours.change(cart({ milk: 1 }), false);
    expect([yours.units(), yours.lost()]).toEqual([1, null]);
  });

  test('is gone as well when the add that you send begins a new one', () => {
    const yours = yourCart();
    yours.change(cart({ tea: 1 }), false);
    yours.change(cart({ milk: 1 }), false);
    expect(yours.lost()).toMatch(/^Your cart is gone, with 1 thing/);
  });

  test('is not lost when you empty it yourself', () => {
    const yours = yourCart();
    yours.change(cart({ tea: 1, milk: 1 }), false);
    yours.change(cart({ milk: 1 }), true);
    yours.change(cart({}), true);
    expect([yours.units(), yours.lost()]).toEqual([0, null]);
  });
});

describe('the hub', () => {
  const news = (text: string): Message => ({ kind: 'news', side: null, text });
  const phase = (words: string): Message => ({ kind: 'phase', side: 0, phase: { is: 'ready', words } });
  const counters = {
    shoppers: 6,
    cartsAlive: 6,
    cartsLost: 0,
    addsLost: 0,
    requests: 9,
    requestsFailed: 0,
    answersPerSecond: 5,
  };
  const lab: Message = { kind: 'lab', seed: 1, shoppers: 6, timeScale: 60, sides: 1, scenes: [] };

  test('sends a page that opens late the newest of each state, the lab first, and what comes then', () => {
    const hub = openHub(() => 0);
    for (const message of [phase('old'), news('gone by'), phase('new'), lab]) hub.say(message);
    const taken: Message[] = [];
    const stop = hub.follow((message) => taken.push(message));
    hub.say(news('now'));
    stop();
    hub.say(news('later'));
    expect(taken).toEqual([lab, phase('new'), news('now')]);
  });

  test('records everything in its order, and of a long session drops dots and figures alone', () => {
    let now = 0;
    const hub = openHub(() => now++);
    hub.say(lab);
    for (let index = 0; index < 60_000; index++)
      hub.say(index % 6 === 0 ? { kind: 'counters', side: 0, counters } : { kind: 'dots', side: 0, dots: [] });
    hub.say(news('last'));
    const recording = hub.recording();
    expect(recording.length).toBeLessThan(60_000);
    expect(recording[0]).toEqual({ at: 0, message: lab });
    expect(recording.at(-1)).toEqual({ at: 60_001, message: news('last') });
    for (let index = 0; index < 130_000; index++) hub.say({ kind: 'counters', side: 0, counters });
    expect(hub.recording().length).toBeLessThanOrEqual(60_000);
    expect(hub.recording()).toContainEqual({ at: 60_001, message: news('last') });
  });
});

test('a dot says how its request ended, and a look without the cart makes a ring of it', () => {
  const requests = watchRequests();
  requests.see(3, 0, { status: 200, process: 'a' });
  requests.see('you', 1, { status: 502, process: 'b' });
  requests.see('probe', 0, null);
  requests.missedCart(3);
  expect(requests.take().map(({ who, outcome }) => [who, outcome])).toEqual([
    [3, 'lost'],
    ['you', 'failed'],
    ['probe', 'failed'],
  ]);
  expect(requests.take()).toEqual([]);
  expect(requests.answersPerSecond()).toBe(1);
});

test('a fault counts the platform’s seconds from itself, on a clock that ran before', async () => {
  const clock = createPlatformClock(10_000);
  clock.begin();
  clock.note('before the fault', 5);
  await clock.wait(500);
  const round = roundClock(clock);
  round.begin();
  expect(round.now()).toBe(0);
  await round.wait(100);
  round.note('Redis promotes the replica', 100, 'promotion');
  round.leap('Azure replaces what is gone', 3_600);
  const [promoted, replaced, ...rest] = round.notes;
  expect([promoted?.kind, promoted?.azureSecond, rest.length]).toEqual(['promotion', 100, 0]);
  expect(replaced?.azureSecond).toBe(3_600);
  expect(replaced?.leapt).toBeGreaterThan(3_000);
  expect(round.now()).toBeLessThan(clock.now() - 400);
  clock.stop();
});

test('a fault does not come before what a busy machine has left undone', async () => {
  const clock = createPlatformClock(1_000);
  clock.begin();
  const pinged = new Promise<number>((resolve) => clock.at(10, resolve));
  // Nothing else can run meanwhile.
  for (const until = performance.now() + 60; performance.now() < until; );
  const late = clock.now();
  const round = roundClock(clock);
  round.begin();
  expect(clock.now()).toBeLessThan(late);
  round.struck();
  clock.note('health check takes the instance out', await pinged, 'eviction');
  expect(round.notes.map(({ azureSecond }) => azureSecond)).toEqual([0]);
  clock.stop();
});

test('a clock that is set to another speed goes on from its second', async () => {
  const clock = createPlatformClock(1);
  clock.begin();
  clock.setTimeScale(100_000);
  await clock.wait(1_000);
  const reached = clock.now();
  expect(reached).toBeGreaterThanOrEqual(1_000);
  clock.setTimeScale(1);
  expect(clock.now()).toBeGreaterThanOrEqual(reached);
  clock.stop();
});

describe('the story', () => {
  test('each scene plays what can be typed, and its command repeats it', () => {
    for (const scene of storyScenes) {
      expect(Object.keys(variants)).toContain(scene.word.split(',')[0]);
      expect(commandOf(scene, 1)).toBe(`npm run drill ${scene.word} ${scene.fault}`);
    }
    expect(storyScenes[0] && commandOf(storyScenes[0], 7)).toMatch(/ seed=7$/);
  });

  test('without Redis two scenes say what they need, and the others play', () => {
    expect(sceneCards(false).map(({ refused }) => refused !== null)).toEqual([false, false, false, true, true]);
    expect(sceneCards(true).every(({ refused }) => refused === null)).toBe(true);
  });
});

test('a recording cannot end the script that it stands in', () => {
  const page = replayPage('draw()', [{ at: 1, message: { kind: 'news', side: null, text: '</script><p>' } }]);
  expect(page).not.toContain('</script><p>');
  expect(JSON.parse(/id="recording">(.*?)<\/script>/.exec(page)?.[1] ?? '')[0].message.text).toBe('</script><p>');
});

describe('the end of a lab', () => {
  afterEach(() => jest.useRealTimers());

  const limits = { withoutPageMs: 120_000, firstPageMs: 600_000, mostMs: 3_600_000 };
  function watched() {
    let pages = 0;
    let changed = (): void => {};
    const onPages = (take: () => void): void => {
      changed = take;
    };
    const server = { pages: () => pages, onPages } as unknown as LabServer;
    const set = (count: number): void => {
      pages = count;
      changed();
    };
    return { server, set };
  }

  test('comes two minutes after the last page, and not while one is open', async () => {
    jest.useFakeTimers();
    const { server, set } = watched();
    let reason = '';
    void timeToEnd(server, limits, new AbortController().signal).then((said) => {
      reason = said;
    });
    set(1);
    await jest.advanceTimersByTimeAsync(1_800_000);
    set(0);
    await jest.advanceTimersByTimeAsync(119_000);
    set(1);
    await jest.advanceTimersByTimeAsync(200_000);
    expect(reason).toBe('');
    set(0);
    await jest.advanceTimersByTimeAsync(120_000);
    expect(reason).toBe('Its page has been closed for 2 minutes.');
  });

  test('comes when nobody opens the page, at the limit, and at once when it is interrupted', async () => {
    jest.useFakeTimers();
    const ended = (signal = new AbortController().signal) => timeToEnd(watched().server, limits, signal);
    const nobody = ended();
    await jest.advanceTimersByTimeAsync(600_000);
    expect(await nobody).toBe('Nobody opened its page within 10 minutes.');
    const { server, set } = watched();
    const long = timeToEnd(server, limits, new AbortController().signal);
    set(1);
    await jest.advanceTimersByTimeAsync(3_600_000);
    expect(await long).toBe('It has run for 60 minutes, which is its limit (--minutes).');
    expect(await ended(AbortSignal.abort())).toBe('It was interrupted.');
  });
});

describe('a browser', () => {
  const address = 'http://127.0.0.1:8080/secret_-1/';

  test('is opened by what each system opens addresses with', () => {
    expect(openerOf(address, 'linux', {})).toEqual(['xdg-open', address]);
    expect(openerOf(address, 'darwin', {})).toEqual(['open', address]);
    expect(openerOf(address, 'win32', {})).toEqual(['cmd.exe', '/c', 'start', '', address]);
    expect(openerOf(address, 'linux', { WSL_DISTRO_NAME: 'Debian' })).toEqual(['cmd.exe', '/c', 'start', '', address]);
  });

  test('is reported as not opened where there is no such program, or it fails', async () => {
    expect(await openPage([join(tmpdir(), 'steadystate-no-such-program')])).toBe(false);
    const patience = 600_000;
    expect(await openPage([process.execPath, '-e', 'process.exitCode = 3'], patience)).toBe(false);
    expect(await openPage([process.execPath, '-e', ''], patience)).toBe(true);
  });
});

describe('a second lab', () => {
  const folder = mkdtempSync(join(tmpdir(), 'steadystate-lock-'));
  const file = join(folder, 'lab.json');
  let listening: Server;
  let address = '';
  beforeAll(async () => {
    listening = createServer();
    await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve));
    const port = (listening.address() as { port: number }).port;
    address = `http://127.0.0.1:${port}/secret/`;
  });
  afterAll(async () => {
    await new Promise((closed) => listening.close(closed));
    rmSync(folder, { recursive: true, force: true });
  });

  test('is refused with the address of the first while that runs, and may start afterwards', async () => {
    const unlock = await lockLab(address, file);
    await expect(lockLab('http://127.0.0.1:1/other/', file)).rejects.toThrow(
      new InputError(
        `A lab runs already (process ${process.pid}), at ${address}. Open that page, or end that lab with Ctrl-C.`,
      ),
    );
    unlock();
    (await lockLab(address, file))();
  });

  test.each([
    ['a process that is gone', JSON.stringify({ pid: 2 ** 22 + 1, address: 'http://127.0.0.1:1/x/' })],
    ['a process with another port by now', JSON.stringify({ pid: process.pid, address: 'http://127.0.0.1:1/x/' })],
    ['half a file', '{"pid":'],
  ])('may start where the lock was left by %s', async (_, left) => {
    writeFileSync(file, left);
    const unlock = await lockLab(address, file);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({ pid: process.pid, address });
    unlock();
  });
});
