/** What the drill starts, seen where it starts it. Use it by `jest.mock` of `drill/fleet/children`, as `watched()`. */

import type * as children from '../../../drill/fleet/children';

export interface Started {
  readonly pid: number;
  readonly args: readonly string[];
  /** Whether it has said that it listens. */
  readonly ready: () => boolean;
}

/** In the order of their starts; empty at the begin of each test. */
export const started: Started[] = [];

export function watched(): typeof children {
  const real = jest.requireActual<typeof children>('../../../drill/fleet/children');
  return {
    ...real,
    startChild: async (...given) => {
      const child = await real.startChild(...given);
      let said = '';
      child.process.stdout?.on('data', (text) => {
        said += text;
      });
      started.push({ pid: child.pid, args: given[1], ready: () => /http:|ready to accept/i.test(said) });
      return child;
    },
  };
}

export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

afterEach(() => {
  // What a failing test left would keep Jest from ending.
  for (const { pid } of started.splice(0)) if (isRunning(pid)) process.kill(pid, 'SIGKILL');
});
