import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

const programs = ['redis-server', 'valkey-server'];

export interface RedisProgram {
  /** `redis-server` or `valkey-server`. */
  readonly program: string;
  readonly file: string;
}

/**
 * The first program on the PATH that is a Redis, on Windows with its ending. Everything that needs a Redis program
 * finds it here, the drill, too.
 */
export function findRedisProgram(path: string): RedisProgram | undefined {
  const ending = process.platform === 'win32' ? '.exe' : '';
  const folders = path.split(delimiter).filter((folder) => folder !== '');
  return programs
    .flatMap((program) => folders.map((folder) => ({ program, file: join(folder, program + ending) })))
    .find(({ file }) => isExecutable(file));
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
