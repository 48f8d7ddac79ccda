// Ends what the drill started when the drill itself was killed without a word (SIGKILL): its standard input ends then.
// Lines: "+pid N", "-pid N", "+folder PATH", "-folder PATH". In a session of its own, so that Ctrl-C does not reach it.
const { rmSync } = require('node:fs');

const alive = { pid: new Set(), folder: new Set() };
let rest = '';
process.stdin.setEncoding('utf8');
process.stdin.on('data', (text) => {
  const lines = (rest + text).split('\n');
  rest = lines.pop() ?? '';
  for (const line of lines) {
    const [, sign, kind, value] = /^([+-])(pid|folder) (.+)$/.exec(line) ?? [];
    if (sign === '+') alive[kind].add(value);
    else if (sign === '-') alive[kind].delete(value);
  }
});
process.stdin.on('error', finish).on('end', finish);

function finish() {
  for (const pid of alive.pid) {
    try {
      process.kill(Number(pid), 'SIGKILL');
    } catch {
      // Gone already.
    }
  }
  for (const folder of alive.folder) rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  process.exit(0);
}
