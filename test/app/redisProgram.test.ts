import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { findRedisProgram } from '../../app/redisProgram';
import { findRedisServer } from '../../drill/redis/server';

const ending = process.platform === 'win32' ? '.exe' : '';
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'steadystate-test-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const install = (program: string, mode = 0o755): string => {
  const file = join(folder, program + ending);
  writeFileSync(file, '', { mode });
  return file;
};

test.each(['redis-server', 'valkey-server'])('%s will do, for the shop and for the drill', (program) => {
  const file = install(program);
  const path = ['', join(folder, 'nowhere'), folder].join(delimiter);
  expect(findRedisProgram(path)).toEqual({ program, file });
  expect(findRedisServer(path)).toBe(file);
});

test('takes Redis if both programs are there, and nothing if neither is', () => {
  expect([findRedisProgram(folder), findRedisServer(folder)]).toEqual([undefined, null]);
  install('valkey-server');
  const file = install('redis-server');
  expect([findRedisProgram(folder)?.file, findRedisServer(folder)]).toEqual([file, file]);
});
