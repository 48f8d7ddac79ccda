import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exitWith } from '../../commands/exit';
import { stopAtUnwritable } from '../../commands/standardStreams';

let said: string;
let code: number | undefined;
beforeEach(() => {
  said = '';
  code = undefined;
  jest.spyOn(process.stderr, 'write').mockImplementation((text) => {
    said += text;
    return true;
  });
  jest.spyOn(process, 'exit').mockImplementation((given) => {
    code = Number(given);
    throw new Error('ended');
  });
});
afterEach(() => {
  jest.restoreAllMocks();
  process.exitCode = undefined;
});

const failed = (name: string) => Object.assign(new Error(`write ${name}`), { code: name, syscall: 'write' });

test('a reader that has closed the pipe ends the command with the code that it has by then', () => {
  expect(() => stopAtUnwritable(failed('EPIPE'))).toThrow('ended');
  expect([code, said]).toEqual([0, '']);
  process.exitCode = 1;
  expect(() => stopAtUnwritable(failed('EPIPE'))).toThrow('ended');
  expect([code, said]).toEqual([1, '']);
});

test('a full disk behind what is printed is one error, and exit code 2', () => {
  expect(() => stopAtUnwritable(failed('ENOSPC'))).toThrow('ended');
  expect([code, said]).toEqual([
    2,
    'error: what is printed cannot be written: ENOSPC. Make room, or print to another file.\n',
  ]);
});

test('no place for temporary files is one error, and exit code 2', async () => {
  await exitWith(async () => mkdtempSync(join(tmpdir(), 'missing', 'steadystate-')).length);
  expect(process.exitCode).toBe(2);
  expect(said).toBe(
    `error: ${tmpdir()}, the folder for temporary files, cannot be used: ENOENT. Set TMPDIR (on Windows TEMP) to another.\n`,
  );
});

test('what is no fault of the user keeps its stack trace', async () => {
  await expect(exitWith(() => Promise.reject(failed('EIO')))).rejects.toThrow('write EIO');
});
