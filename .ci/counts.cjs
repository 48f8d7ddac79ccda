/**
 * Counts the tests of a run, or of a run and its second try, from Jest's JSON reports.
 *
 *   node .ci/counts.cjs failed-files FIRST      the files with a failure, one a line
 *   node .ci/counts.cjs totals FIRST [SECOND]   "passed failed skipped"; what only the second try passed goes to standard error
 *
 * A test that failed and then passed counts once, as passed. A file that did not even load counts as one failure.
 */
const { readFileSync } = require('node:fs');

const [what, ...paths] = process.argv.slice(2);
const reports = paths.map((path) => JSON.parse(readFileSync(path, 'utf8')).testResults);
const nameOf = (file, test) => `${file.name.split('/test/').at(-1)}: ${test.fullName}`;
const isA = (wanted) => (test) => test.status === wanted;
const named = (files, wanted) =>
  files.flatMap((file) => file.assertionResults.filter(isA(wanted)).map((test) => nameOf(file, test)));

if (what === 'failed-files') {
  console.log(reports[0].flatMap((file) => (file.status === 'failed' ? [file.name] : [])).join('\n'));
} else {
  // Of a file that ran twice the second run counts.
  const files = [...new Map(reports.flat().map((file) => [file.name, file])).values()];
  const tests = files.flatMap((file) => file.assertionResults);
  const notLoaded = files.filter((file) => file.status === 'failed' && file.assertionResults.length === 0).length;
  const passed = tests.filter(isA('passed')).length;
  const failed = tests.filter(isA('failed')).length;
  const passes = new Set(named(files, 'passed'));
  for (const test of named(reports[0], 'failed'))
    if (passes.has(test)) console.error(`UNSTABLE: failed, and passed when tried again alone: ${test}`);
  console.log(passed, failed + notLoaded, tests.length - passed - failed);
}
