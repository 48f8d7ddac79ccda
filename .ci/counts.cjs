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
const [first, second] = paths.map((path) => JSON.parse(readFileSync(path, 'utf8')));

const filesOf = (report) => report.testResults.filter((file) => file.status === 'failed').map((file) => file.name);
const passedIn = (report) => report.numPassedTests;
const failedIn = (report) => report.numFailedTests + report.numRuntimeErrorTestSuites;
const skippedIn = (report) => report.numPendingTests + report.numTodoTests;

/** What the first run counted of the files that ran twice. */
function countedTwice(report, files) {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  for (const file of report.testResults.filter(({ name }) => files.includes(name))) {
    for (const { status } of file.assertionResults) {
      if (status === 'passed') counts.passed++;
      else if (status === 'failed') counts.failed++;
      else counts.skipped++;
    }
    if (file.assertionResults.length === 0) counts.failed++;
  }
  return counts;
}

/** Names of what failed first and passed then. */
function unstable() {
  const name = (file, test) => `${file.name.split('/test/').at(-1)}: ${test.fullName}`;
  const named = (report, wanted) =>
    report.testResults.flatMap((file) =>
      file.assertionResults.filter(({ status }) => status === wanted).map((test) => name(file, test)),
    );
  const failed = new Set(named(first, 'failed'));
  return named(second, 'passed').filter((test) => failed.has(test));
}

if (what === 'failed-files') {
  console.log(filesOf(first).join('\n'));
} else if (!second) {
  console.log(passedIn(first), failedIn(first), skippedIn(first));
} else {
  const before = countedTwice(
    first,
    second.testResults.map(({ name }) => name),
  );
  for (const test of unstable()) console.error(`UNSTABLE: failed, and passed when tried again alone: ${test}`);
  console.log(
    passedIn(first) - before.passed + passedIn(second),
    failedIn(first) - before.failed + failedIn(second),
    skippedIn(first) - before.skipped + skippedIn(second),
  );
}
