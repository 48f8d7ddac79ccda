import { spawnSync } from 'node:child_process';
import path from 'node:path';

export const root = path.join(__dirname, '..', '..', '..');

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command of package.json as npm would, without npm. */
export function run(command: string, words: readonly string[], env: NodeJS.ProcessEnv = {}): Ended {
  const script = path.join(root, 'commands', `${command}.ts`);
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['-r', './commands/typescript.cjs', script, ...words],
    {
      cwd: root,
      env: { ...process.env, ...env },
      encoding: 'utf8',
    },
  );
  return { code: status, stdout, stderr };
}
