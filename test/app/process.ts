import { type ChildProcess, spawn } from 'node:child_process';
import { until } from '../support/until';

export interface Running {
  readonly child: ChildProcess;
  stdout(): string;
  stderr(): string;
  /** Resolves when it listens. */
  port(): Promise<number>;
  /** Its exit code; null: ended by a signal. */
  readonly exited: Promise<number | null>;
}

const started = new Set<ChildProcess>();
afterAll(() => {
  for (const child of started) child.kill('SIGKILL');
});

/** Runs Node with nothing in its environment but what is given and the PATH. */
export function runNode(
  args: readonly string[],
  variables: Readonly<Record<string, string>> = {},
  cwd?: string,
): Running {
  const child = spawn(process.execPath, args, {
    cwd,
    env: { PATH: process.env.PATH ?? '', ...variables },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  started.add(child);
  let [out, err] = ['', ''];
  child.stdout?.on('data', (chunk) => {
    out += chunk;
  });
  child.stderr?.on('data', (chunk) => {
    err += chunk;
  });
  const exited = new Promise<number | null>((resolve) => {
    // `close` and not `exit`: by then all of its output has arrived.
    child.once('close', (code) => {
      started.delete(child);
      resolve(code);
    });
  });
  return {
    child,
    exited,
    stdout: () => out,
    stderr: () => err,
    port: () =>
      until('it listens', () => {
        if (child.exitCode !== null) throw new Error(`It ended with ${child.exitCode}: ${err}`);
        const port = /http:\/\/localhost:(\d+)\n/.exec(out)?.[1];
        return port === undefined ? undefined : Number(port);
      }),
  };
}
