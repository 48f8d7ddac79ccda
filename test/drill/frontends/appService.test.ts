import { type AppServiceFrontEnd, startAppService } from '../../../drill/frontends/appService';
import { probe } from '../../../drill/frontends/originHealth';
import { agent, answered, type FakeBackend, setCookies, startBackend, visitor } from '../../support/drill/backends';

const idA = 'a'.repeat(64);
const idB = 'b'.repeat(64);

let open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of open.reverse()) await one.close();
  open = [];
});

async function backend(id: string, headers?: Readonly<Record<string, string>>): Promise<FakeBackend> {
  const started = await startBackend(id, headers);
  open.push(started);
  return started;
}

async function frontEnd(affinity: boolean, backends: readonly FakeBackend[]): Promise<AppServiceFrontEnd> {
  const started = await startAppService({ affinity, backends: () => backends, agent, seed: 1 });
  open.push(started);
  return started;
}

describe('affinity on', () => {
  test('the first answer sets both cookies to the instance id, with the attributes that Azure sends', async () => {
    const { port } = await frontEnd(true, [await backend(idA)]);
    expect(await setCookies(port)).toEqual([
      `ARRAffinity=${idA};Path=/;HttpOnly;Secure;Domain=shop.example`,
      `ARRAffinitySameSite=${idA};Path=/;HttpOnly;SameSite=None;Secure;Domain=shop.example`,
    ]);
  });

  test('the cookie keeps a client on its instance, however many others there are, and is not issued again', async () => {
    const { port } = await frontEnd(true, [await backend(idA), await backend(idB)]);
    const client = visitor(port);
    const first = answered(await client.send('GET', '/')).instance;
    for (let i = 0; i < 8; i++) expect(answered(await client.send('GET', '/')).instance).toBe(first);
    expect(await setCookies(port, { cookie: `ARRAffinity=${first}` })).toEqual([]);
  });

  test('a client can choose its instance by sending its id', async () => {
    const { port } = await frontEnd(true, [await backend(idA), await backend(idB)]);
    for (const id of [idA, idB, idB, idA]) {
      const client = visitor(port);
      client.jar.store(`ARRAffinity=${id}; Path=/`, 'shop.example', '/');
      expect(answered(await client.send('GET', '/')).instance).toBe(id);
    }
  });

  test('new clients are spread evenly', async () => {
    const { port } = await frontEnd(true, [await backend(idA), await backend(idB)]);
    const hosts = [];
    for (let i = 0; i < 10; i++) hosts.push(answered(await visitor(port, `198.51.100.${i}`).send('GET', '/')).instance);
    expect(hosts.filter((id) => id === idA)).toHaveLength(5);
  });

  test('a stale cookie is not an error: the client is bound to another instance by a fresh cookie', async () => {
    const backends = [await backend(idA), await backend(idB)];
    const { port } = await frontEnd(true, backends);
    const client = visitor(port);
    client.jar.store(`ARRAffinity=${idA}; Path=/; Domain=shop.example`, 'shop.example', '/');
    backends.shift(); // The platform took the instance away.
    const answer = answered(await client.send('GET', '/'));
    expect(answer).toMatchObject({ status: 200, instance: idB });
    expect(client.jar.value('ARRAffinity', 'shop.example')).toBe(idB);
  });

  test('no cookie for an answer that opts out', async () => {
    const { port } = await frontEnd(true, [await backend(idA, { 'arr-disable-session-affinity': 'True' })]);
    expect(await setCookies(port)).toEqual([]);
  });
});

describe('affinity off', () => {
  test('no cookie is set, and one that comes is ignored', async () => {
    const { port } = await frontEnd(false, [await backend(idA), await backend(idB)]);
    expect(await setCookies(port)).toEqual([]);
    const instances = new Set<string | null>();
    for (let i = 0; i < 20; i++) {
      const client = visitor(port, `198.51.100.${i}`);
      client.jar.store(`ARRAffinity=${idA}; Path=/`, 'shop.example', '/');
      instances.add(answered(await client.send('GET', '/')).instance);
    }
    expect([...instances].sort()).toEqual([idA, idB]);
  });

  test('two clients that take turns do not each stay on one instance', async () => {
    const { port } = await frontEnd(false, [await backend(idA), await backend(idB)]);
    const [one, other] = [visitor(port, '198.51.100.1'), visitor(port, '198.51.100.2')];
    const met = new Set<string | null>();
    for (let i = 0; i < 12; i++) {
      met.add(answered(await one.send('GET', '/')).instance);
      await other.send('GET', '/');
    }
    expect(met.size).toBe(2);
  });
});

test('the app sees the client with its port, https, and the host as the client sent it', async () => {
  const target = await backend(idA);
  const { port } = await frontEnd(true, [target]);
  await visitor(port, '198.51.100.9').send('GET', '/');
  const [headers] = target.seen;
  expect(headers?.['x-forwarded-for']).toMatch(/^198\.51\.100\.9:\d+$/);
  expect(headers).toMatchObject({ 'x-forwarded-proto': 'https', host: 'shop.example' });
  expect(headers?.['x-arr-ssl']).toBeTruthy();
  expect(headers).not.toHaveProperty('x-drill-client');
});

test('an instance that is gone costs a 502 each time, until it is taken out of rotation', async () => {
  const backends = [await backend(idA), await backend(idB)];
  const { port } = await frontEnd(true, backends);
  await backends[0]?.close();
  const client = visitor(port);
  client.jar.store(`ARRAffinity=${idA}; Path=/; Domain=shop.example`, 'shop.example', '/');
  expect(answered(await client.send('GET', '/')).status).toBe(502);
  expect(answered(await client.send('GET', '/')).status).toBe(502);
  backends.shift(); // Health check took it out.
  expect(answered(await client.send('GET', '/'))).toMatchObject({ status: 200, instance: idB });
});

test('a probe is answered by an instance that lives, as long as there is one', async () => {
  const backends = [await backend(idA), await backend(idB)];
  const { port } = await frontEnd(false, backends);
  await backends[0]?.close();
  const origin = { port, host: 'shop.example' };
  for (let i = 0; i < 6; i++) expect(await probe(origin, '/healthz', agent)).toBe(200);
  await backends[1]?.close();
  expect(await probe(origin, '/healthz', agent)).toBe(503);
});

test('a process that drains is not probed, and serves clients until it is noticed', async () => {
  const backends = [await backend(idA), await backend(idB)];
  const [leaving] = backends as [FakeBackend, FakeBackend];
  leaving.answerWith(() => 503);
  const ending = new Set([leaving.key]);
  const isEnding = (key: string): boolean => ending.has(key);
  const frontEnd = await startAppService({ affinity: false, backends: () => backends, agent, seed: 1, isEnding });
  open.push(frontEnd);
  const origin = { port: frontEnd.port, host: 'shop.example' };
  for (let i = 0; i < 6; i++) expect(await probe(origin, '/healthz', agent)).toBe(200);
  expect(leaving.seen).toEqual([]);
  for (let i = 0; i < 4; i++) await visitor(frontEnd.port, `198.51.100.${i}`).send('GET', '/');
  expect(leaving.seen.length).toBeGreaterThan(0);
  // The only one of its region drains: in Azure's time it is gone at once, and the next one is there.
  backends.pop();
  expect(await probe(origin, '/healthz', agent)).toBe(200);
  await leaving.close();
  expect(await probe(origin, '/healthz', agent)).toBe(503);
});

test('each answer names the process that gave it, and an answer of the front end itself names none', async () => {
  const target = await backend(idA);
  const { port } = await frontEnd(true, [target]);
  expect(answered(await visitor(port).send('GET', '/')).process).toBe(target.key);
  await target.close();
  expect(answered(await visitor(port).send('GET', '/')).process).toBeNull();
});

test('no instance left: 503', async () => {
  const { port } = await frontEnd(true, []);
  expect(answered(await visitor(port).send('GET', '/')).status).toBe(503);
});
