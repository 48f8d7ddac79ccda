/** An app of yours in place of the shop, by the command that starts it. See docs/your-app.md. */

import { createServer } from 'node:net';
import { listenOnLoopback } from '../loopback';
import { type Child, endChild, startChild } from './children';

/** Real milliseconds: some stacks compile first. App Service waits 230 s for a container. */
const readyDeadlineMs = 120_000;

/** Another process may take the free port before the app does. */
const mostTries = 3;

const portTaken = /EADDRINUSE|address (is )?already in use/i;

/** What of the caller's environment would say something else than the contract does. */
const contract = /^(SESSION_|REDIS_|WEBSITES?_|APPLICATIONINSIGHTS_|OTEL_|PORT$|PACKAGE_HASH$|HEALTH_CHECKS_REDIS$)/;

/**
 * Starts the command in a shell, in the current folder, with `PORT` in its environment, and waits until it is ready. All that
 * the command starts ends with it.
 *
 * @param environment the contract; the rest is the caller's own, because a stack such as .NET needs its home folder
 * @param ready asks the port until it answers; rejects when it never will
 */
export async function startOwnApp(
  command: string,
  environment: NodeJS.ProcessEnv,
  ready: (child: Child, port: number, deadlineMs: number) => Promise<void>,
): Promise<{ readonly child: Child; readonly port: number }> {
  for (let tried = 1; ; tried++) {
    const port = await freePort();
    const [shell, ...args] =
      process.platform === 'win32' ? ['cmd.exe', '/d', '/s', '/c', `"${command}"`] : ['/bin/sh', '-c', command];
    const env = { ...callersOwn(), ...environment, PORT: `${port}` };
    const child = await startChild(shell as string, args, env, { isTree: true });
    try {
      await ready(child, port, readyDeadlineMs);
      return { child, port };
    } catch (error) {
      const taken = !child.alive() && portTaken.test(child.complaints());
      await endChild(child);
      if (!taken || tried === mostTries) throw error;
    }
  }
}

const callersOwn = (): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(process.env).filter(([name]) => !contract.test(name)));

/** Ports that an app was given and may not listen on yet. */
const given = new Set<number>();

async function freePort(): Promise<number> {
  for (;;) {
    const { port, close } = await listenOnLoopback(createServer(), () => {});
    await close();
    if (given.has(port)) continue;
    given.add(port);
    return port;
  }
}
