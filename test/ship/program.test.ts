import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { invocationOf, ProgramMissing, run } from '../../ship/program';

const windows = (args: readonly string[], file = 'C:\\Azure CLI\\az.cmd') =>
  invocationOf('az', args, {
    platform: 'win32',
    env: { PATH: 'C:\\tools;C:\\Azure CLI', ComSpec: 'C:\\Windows\\system32\\cmd.exe' },
    exists: (name) => String(name) === file,
  });

describe('on Windows', () => {
  test('a batch file is started by cmd.exe, with each argument in quotes, so that no character in it has a special meaning', () =>
    expect(windows(['rest', '--url', '/a?b=1&c=2', '--body', '@C:\\R&D (new)\\x.json', 'C:\\end\\'])).toEqual({
      file: 'C:\\Windows\\system32\\cmd.exe',
      args: [
        '/d',
        '/v:off',
        '/s',
        '/c',
        '""C:\\Azure CLI\\az.cmd" "rest" "--url" "/a?b=1&c=2" "--body" "@C:\\R&D (new)\\x.json" "C:\\end\\\\""',
      ],
      verbatim: true,
    }));

  test.each(['%PATH%', 'say "hi"', 'wow!', 'two\nlines'])('%j is refused, as cmd.exe would read it', (argument) =>
    expect(() => windows([argument])).toThrow(
      `${JSON.stringify(argument)} cannot be handed to a batch file on Windows`,
    ),
  );

  test('a program is started as it is', () =>
    expect(windows(['%PATH%'], 'C:\\tools\\az.exe')).toEqual({
      file: 'C:\\tools\\az.exe',
      args: ['%PATH%'],
      verbatim: false,
    }));

  test('what is not on the PATH is missing', () => expect(() => windows([], 'D:\\az.cmd')).toThrow(ProgramMissing));
});

describe('elsewhere', () => {
  test('arguments reach the program as they are, through no shell', async () => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'steadystate-program-'));
    const words = ['$(touch hacked)', '; rm -rf x', '%PATH%', 'a "b" \'c\'', '&'];
    try {
      const { code, stdout } = await run(
        process.execPath,
        ['-e', 'process.stdout.write(JSON.stringify(process.argv.slice(1)))', ...words],
        { cwd: folder },
      );
      expect([code, JSON.parse(stdout)]).toEqual([0, words]);
      expect(fs.readdirSync(folder)).toEqual([]);
    } finally {
      fs.rmSync(folder, { recursive: true, force: true });
    }
  });

  test('a program that is not there is missing', () =>
    expect(run('steadystate-no-such-program', [])).rejects.toThrow(ProgramMissing));

  test('a signal ends it', async () => {
    const abort = new AbortController();
    const running = run(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { signal: abort.signal });
    abort.abort();
    expect((await running).code).toBeNull();
  });
});
