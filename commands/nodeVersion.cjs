// Required before all else, so it is plain JavaScript that an old Node reads, too.

/** The oldest that this runs on, as `engines` in package.json says. */
const oldest = [20, 9];

/** Why a version of Node is too old; null: it is not. */
function tooOld(version) {
  const [major, minor] = version.split('.').map(Number);
  if (major > oldest[0] || (major === oldest[0] && minor >= oldest[1])) return null;
  return `Node ${version} is too old. Install Node ${oldest.join('.')} or later, then run the same again.`;
}

module.exports = { oldest, tooOld };

const why = tooOld(process.versions.node);
if (why !== null) {
  process.stderr.write(`error: ${why}\n`);
  process.exit(2);
}
