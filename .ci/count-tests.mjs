/** Prints "N passed, N failed" of a report by vitest's JSON reporter; a file that could not be run is one failure. */
import {readFileSync} from 'node:fs';

const text = readFileSync(process.argv[2] ?? '', 'utf8');
if (text === '') {
  console.log('0 passed, 1 failed');
} else {
  const {numPassedTests, numFailedTests, testResults} = JSON.parse(text);
  const brokenFiles = testResults.filter(
    ({status, assertionResults}) =>
      status === 'failed' && !assertionResults.some(assertion => assertion.status === 'failed'),
  );
  console.log(`${numPassedTests} passed, ${numFailedTests + brokenFiles.length} failed`);
}
