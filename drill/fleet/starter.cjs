// `node starter.cjs FILE CACHE` runs FILE as `node FILE` would, and keeps what V8 compiled of it in CACHE: the shop is one
// file of megabytes, a drill starts it dozens of times, and compiling it is most of a start. The first process that gets
// so far writes the cache. Without one, or with one that does not fit, V8 compiles as ever.
const { existsSync, readFileSync, renameSync, writeFileSync } = require('node:fs');
const { createRequire, wrap } = require('node:module');
const { dirname } = require('node:path');
const { Script } = require('node:vm');

/** Real milliseconds after which what a start needs is compiled. */
const startedAfterMs = 400;

const [, file, cache] = process.argv.splice(1, 3);
process.argv.splice(1, 0, file);

const cachedData = existsSync(cache) ? readFileSync(cache) : undefined;
const script = new Script(wrap(readFileSync(file, 'utf8')), { filename: file, cachedData });
const main = { exports: {} };
script.runInThisContext().call(main.exports, main.exports, createRequire(file), main, file, dirname(file));

if (cachedData === undefined) setTimeout(keep, startedAfterMs).unref();

function keep() {
  try {
    // Whoever makes this file does it, and nobody ever reads half of a cache.
    writeFileSync(`${cache}.new`, script.createCachedData(), { flag: 'wx' });
    renameSync(`${cache}.new`, cache);
  } catch {
    // Another process has done it, or the folder is gone: the cache only saves time.
  }
}
