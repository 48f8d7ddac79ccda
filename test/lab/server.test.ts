import { request } from 'node:http';
import { InputError } from '../../inputError';
import type { Ask } from '../../lab/messages';
import { type LabServer, listenOn } from '../../lab/server/server';

const token = 'a-secret-of-this-test';
const asked: Ask[] = [];
let server: LabServer;
let taking: ((message: unknown) => void) | null = null;

beforeAll(async () => {
  server = await listenOn(0, token);
  server.serve({
    page: '<p>the page</p>',
    ask: async (ask) => {
      if (ask.do === 'leave story') throw new RangeError('There is no story.');
      asked.push(ask);
    },
    follow: (take) => {
      taking = take;
      take({ kind: 'first' });
      return () => {
        taking = null;
      };
    },
    downloads: { 'lab.json': { type: 'application/json', make: () => '{}' } },
  });
});
afterAll(() => server.close());

const host = (): string => server.origin.slice('http://'.length);

function ask(
  path: string,
  {
    method = 'GET',
    headers = {},
    body = '',
  }: { method?: string; headers?: Record<string, string>; body?: string } = {},
): Promise<{ readonly status: number; readonly text: string }> {
  return new Promise((resolve, reject) => {
    const [name, port] = host().split(':');
    const sent = request(
      { host: name, port, path, method, agent: false, headers: { host: host(), ...headers } },
      (answer) => {
        let text = '';
        answer.setEncoding('utf8').on('data', (part: string) => {
          text += part;
        });
        answer.once('end', () => resolve({ status: answer.statusCode ?? 0, text }));
      },
    );
    sent.once('error', reject).end(body);
  });
}

const own = () => ({ origin: server.origin });
const post = (body: unknown, headers: Record<string, string> = own()) =>
  ask(`/${token}/ask`, { method: 'POST', headers, body: typeof body === 'string' ? body : JSON.stringify(body) });

test('gives the page to whoever has the whole address, and to nobody else', async () => {
  expect(await ask(`/${token}/`)).toEqual({ status: 200, text: '<p>the page</p>' });
  expect((await ask('/')).status).toBe(404);
  expect((await ask('/another-secret-of-tests/')).status).toBe(404);
  expect((await ask(`/${token}x/`)).status).toBe(404);
  expect((await ask(`/${token}/nothing`)).status).toBe(404);
  expect((await ask(`/${token}/__proto__`)).status).toBe(404);
});

test('refuses another host name, another origin, another site, and a program that names no origin', async () => {
  expect((await ask(`/${token}/`, { headers: { host: 'rebound.example' } })).status).toBe(403);
  expect((await ask(`/${token}/`, { headers: { 'sec-fetch-site': 'cross-site' } })).status).toBe(403);
  expect((await ask(`/${token}/events`, { headers: { origin: 'https://other.example' } })).status).toBe(403);
  const refill = { do: 'refill', side: null };
  expect((await post(refill, { origin: 'http://127.0.0.1:1' })).status).toBe(403);
  expect((await post(refill, { origin: 'null' })).status).toBe(403);
  expect((await post(refill, {})).status).toBe(403);
  expect(asked).toEqual([]);
});

test('passes on what the page asks, and says why something is refused', async () => {
  const strike = { do: 'fault', side: 0, fault: 'zone-loss', aim: { region: 0, zone: '1' } };
  expect(await post(strike)).toEqual({ status: 204, text: '' });
  expect(asked).toEqual([strike]);
  expect(await post({ do: 'leave story' })).toEqual({ status: 409, text: 'There is no story.' });
});

test.each([
  ['not JSON', 'nonsense'],
  ['no act', { do: 'explode' }],
  ['a third side', { do: 'refill', side: 2 }],
  ['a zone that there is not', { do: 'fault', side: 0, fault: 'zone-loss', aim: { zone: '4' } }],
  ['more than the act takes', { do: 'act', side: 0, and: 'more' }],
  ['a long body', ' '.repeat(5_000)],
])('refuses %s', async (_, body) => {
  const before = asked.length;
  expect((await post(body)).status).toBe(409);
  expect(asked).toHaveLength(before);
});

test('sends every message as it comes, and counts the pages that are open', async () => {
  const changes: number[] = [];
  const until = (count: number) =>
    new Promise<void>((resolve) => server.onPages(() => changes.push(server.pages()) === count && resolve()));
  const opened = until(1);
  const received = await new Promise<string>((resolve, reject) => {
    const [name, port] = host().split(':');
    const sent = request(
      { host: name, port, path: `/${token}/events`, agent: false, headers: { host: host() } },
      (answer) => {
        let text = '';
        answer.setEncoding('utf8').on('data', (part: string) => {
          text += part;
          if (text.includes('second')) sent.destroy();
        });
        answer.once('close', () => resolve(text));
        void opened.then(() => taking?.({ kind: 'second' }));
      },
    );
    sent.once('error', reject).end();
  });
  expect(received).toBe('data: {"kind":"first"}\n\ndata: {"kind":"second"}\n\n');
  if (changes.length < 2) await until(2);
  expect(changes).toEqual([1, 0]);
});

test('a port that is taken is one error that names it and the way out', async () => {
  const port = Number(host().split(':')[1]);
  await expect(listenOn(port, token)).rejects.toThrow(
    new InputError(
      `Port ${port} of 127.0.0.1 is taken by another program. Name another with --port, or leave it out for any free one.`,
    ),
  );
});
