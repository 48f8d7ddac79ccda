/** Reads what clients send to Redis (RESP), and knows which commands change data. */

/** Words of one command; the first in lower case. */
export type RedisCommand = readonly string[];

/**
 * Collects the bytes of one connection and hands over each complete command. Clients send arrays of bulk strings only.
 * @see https://redis.io/docs/latest/develop/reference/protocol-spec/#sending-commands-to-a-redis-server
 */
export function commandReader(tell: (command: RedisCommand) => void): (sent: Buffer) => void {
  let rest: Buffer = Buffer.alloc(0);
  return (sent) => {
    rest = rest.length === 0 ? sent : Buffer.concat([rest, sent]);
    for (;;) {
      const read = readCommand(rest);
      if (read === null) return;
      rest = rest.subarray(read.length);
      const [name = '', ...words] = read.words;
      tell([name.toLowerCase(), ...words]);
    }
  };
}

/** The first command of the bytes and how many of them it takes; null: not all of it is there yet. */
function readCommand(bytes: Buffer): { readonly words: readonly string[]; readonly length: number } | null {
  const line = (from: number): { text: string; next: number } | null => {
    const end = bytes.indexOf('\r\n', from);
    return end < 0 ? null : { text: bytes.toString('latin1', from, end), next: end + 2 };
  };
  const head = line(0);
  if (head === null) return null;
  if (!head.text.startsWith('*')) throw new Error(`A command must be an array, got: ${head.text.slice(0, 40)}.`);
  const words: string[] = [];
  let at = head.next;
  for (let left = Number(head.text.slice(1)); left > 0; left--) {
    const size = line(at);
    if (size === null) return null;
    const end = size.next + Number(size.text.slice(1));
    if (bytes.length < end + 2) return null;
    words.push(bytes.toString('utf8', size.next, end));
    at = end + 2;
  }
  return { words, length: at };
}

/** Commands that change nothing, are about the connection, or are scripts, whose effects are replicated one by one; any other command is replicated as it was sent. */
const changeNothing = new Set(
  (
    'get mget hget hgetall hmget hlen hkeys hvals hexists exists ttl pttl type strlen scan hscan ping echo hello auth ' +
    'client select info command config multi exec discard watch unwatch wait readonly quit reset eval evalsha script'
  ).split(' '),
);

export const isWrite = ([name = '']: RedisCommand): boolean => !changeNothing.has(name);
