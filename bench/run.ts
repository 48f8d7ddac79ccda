import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/** A command to measure, run with `node` in the project's folder. */
export interface Measured {
  readonly name: string;
  readonly args: (outdir: string) => readonly string[];
  readonly env?: (outdir: string) => NodeJS.ProcessEnv;
}

export interface Measurement {
  readonly name: string;
  /** Median of the runs. */
  readonly seconds: number;
  readonly fastest: number;
  readonly slowest: number;
  /** Highest of the runs. */
  readonly peakMiB: number;
}

/**
 * Runs the commands by turns, so that a busy machine slows all of them alike, each once before it counts.
 *
 * @param rounds how many runs of each count
 * @throws Error when a command fails
 */
export function measure(commands: readonly Measured[], rounds: number): Measurement[] {
  const runs = commands.map((): { seconds: number; kib: number }[] => []);
  for (let round = 0; round <= rounds; round++)
    for (const [index, command] of commands.entries()) {
      const run = once(command);
      if (round > 0) runs[index]?.push(run);
    }
  return commands.map(({ name }, index) => {
    const times = (runs[index] ?? []).map(({ seconds }) => seconds).sort((a, b) => a - b);
    return {
      name,
      seconds: times[Math.floor(times.length / 2)] ?? Number.NaN,
      fastest: times[0] ?? Number.NaN,
      slowest: times.at(-1) ?? Number.NaN,
      peakMiB: Math.max(...(runs[index] ?? []).map(({ kib }) => kib)) / 1024,
    };
  });
}

function once({ name, args, env }: Measured): { seconds: number; kib: number } {
  const outdir = fs.mkdtempSync(path.join(os.tmpdir(), 'steadystate-bench-'));
  const memoryFile = path.join(outdir, 'peak');
  try {
    const started = process.hrtime.bigint();
    const { status, stderr } = spawnSync(
      process.execPath,
      ['-r', path.join(__dirname, 'peakMemory.cjs'), ...args(outdir)],
      {
        env: { ...process.env, ...env?.(outdir), PEAK_MEMORY_FILE: memoryFile },
        encoding: 'utf8',
      },
    );
    const seconds = Number(process.hrtime.bigint() - started) / 1e9;
    if (status !== 0) throw new Error(`${name} failed: ${stderr}`);
    return { seconds, kib: Number(fs.readFileSync(memoryFile, 'utf8')) };
  } finally {
    fs.rmSync(outdir, { recursive: true, force: true });
  }
}
