/**
 * Builds the package where npm installs it from a Git repository, as pre-commit and `npm install github:…` do. Of such a package npm
 * runs `prepare` in a clone inside its cache, and not `prepack`. Everywhere else, as after `npm ci`, this does nothing.
 *
 * @see https://docs.npmjs.com/cli/using-npm/scripts#life-cycle-scripts
 */
const { execFileSync } = require('node:child_process');
const { existsSync } = require('node:fs');
const path = require('node:path');

/** Whether a folder is one of those that npm clones a repository into. */
function isClonedByNpm(folder, cache = '') {
  const inside = path.relative(cache, folder);
  return cache !== '' && inside !== '' && inside.split(path.sep)[0] !== '..' && !path.isAbsolute(inside);
}

module.exports = { isClonedByNpm };

const run = (...words) => execFileSync(process.execPath, words, { stdio: 'inherit' });

// npm runs it twice in one clone.
if (
  require.main === module &&
  isClonedByNpm(process.cwd(), process.env.npm_config_cache) &&
  !existsSync('dist/steadystate.js')
) {
  // With `--global`, as pre-commit does it, npm has not put into the clone what the build needs.
  if (!existsSync('node_modules/esbuild'))
    run(
      process.env.npm_execpath,
      'ci',
      '--no-global',
      '--location=project',
      '--ignore-scripts',
      '--no-audit',
      '--no-fund',
    );
  run('-r', './commands/typescript.cjs', 'packaging/build.ts');
}
