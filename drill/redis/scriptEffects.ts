/**
 * What scripts change in a Redis. Geo-replication passes on what a script did and not the script itself: run again in
 * another region, it could decide otherwise. A client's connection carries only the script, so this reads the effects
 * from MONITOR.
 * @see https://redis.io/docs/latest/commands/monitor/
 */

import { connect } from 'node:net';
import type { RedisCommand } from './commands';

export interface ScriptEffects {
  /** Resolves when what every script did until now has been passed on; at once when the server is gone. */
  caughtUp(): Promise<void>;
  stop(): void;
}

/** `1700000000.123456 [0 lua] "HINCRBY" "key" "field" "1"` */
const monitored = /^\+?\d+\.\d+ \[\d+ (lua|[^\]]*)\] (.*)$/s;

const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', a: '\x07', b: '\b' };

/** One line of MONITOR: the command, in words as they were sent, and whether a script ran it. Null: not such a line. */
export function readMonitored(line: string): { readonly byScript: boolean; readonly command: RedisCommand } | null {
  const [, source, quoted = ''] = monitored.exec(line) ?? [];
  if (source === undefined) return null;
  const words = [...quoted.matchAll(/"((?:[^"\\]|\\.)*)"/gs)].map(([, text = '']) => unquoted(text));
  const [name = '', ...rest] = words;
  return { byScript: source === 'lua', command: [name.toLowerCase(), ...rest] };
}

/** MONITOR shows bytes beyond ASCII as \xHH, so the text is assembled from bytes. */
function unquoted(text: string): string {
  const bytes = text.replace(
    /\\(?:x([0-9a-f]{2})|(.))/gis,
    (_all, hex: string | undefined, letter: string | undefined) =>
      hex === undefined ? (escapes[letter ?? ''] ?? letter ?? '') : String.fromCharCode(Number.parseInt(hex, 16)),
  );
  return Buffer.from(bytes, 'latin1').toString('utf8');
}

/**
 * @param socketPath the server's Unix socket
 * @param run sends a command to the same server
 * @param tell gets each command that a script ran, in order
 * @returns when the server watches
 */
export async function watchScripts(
  socketPath: string,
  run: (...command: readonly string[]) => Promise<unknown>,
  tell: (command: RedisCommand) => void,
): Promise<ScriptEffects> {
  const socket = connect(socketPath);
  const marks = new Map<string, () => void>();
  let rest = '';
  let count = 0;
  await new Promise<void>((resolve, reject) => {
    socket.once('error', reject).once('connect', () => socket.write('MONITOR\r\n'));
    socket.setEncoding('latin1').on('data', (text: string) => {
      const lines = (rest + text).split('\r\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        if (line === '+OK') resolve();
        const seen = readMonitored(line);
        if (seen?.byScript) tell(seen.command);
        else if (seen?.command[0] === 'echo') marks.get(seen.command[1] ?? '')?.();
      }
    });
  });
  const over = new Promise<void>((resolve) => {
    socket.once('close', () => resolve());
  });
  socket.on('error', () => undefined); // The server has ended; `close` follows.
  return {
    async caughtUp() {
      const mark = `drill:seen:${process.pid}:${count++}`;
      const reached = new Promise<void>((resolve) => void marks.set(mark, resolve));
      const failed = run('ECHO', mark).then(
        () => new Promise<void>(() => undefined),
        () => undefined,
      );
      await Promise.race([reached, over, failed]);
      marks.delete(mark);
    },
    stop: () => void socket.destroy(),
  };
}
