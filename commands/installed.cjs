// Required before anything that is installed, so it is plain JavaScript and needs nothing itself.
require('./nodeVersion.cjs');
const { existsSync } = require('node:fs');
const { join } = require('node:path');

if (!existsSync(join(__dirname, '..', 'node_modules', 'sucrase'))) {
  process.stderr.write('error: The packages are not installed. Run npm ci, then the same again.\n');
  process.exit(2);
}
