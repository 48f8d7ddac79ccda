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

// npm runs it twice in one clone.
if (
  require.main === module &&
  isClonedByNpm(process.cwd(), process.env.npm_config_cache) &&
  !existsSync('dist/steadystate.js')
)
  execFileSync(process.execPath, ['-r', './commands/typescript.cjs', 'packaging/build.ts'], { stdio: 'inherit' });
