import { fitted as fittedTo } from '../../pipeline/fit';

const most = 2000;
const fitted = (text: string, limit: number) => fittedTo(text, limit, 'the summary of the run');
const lines = (count: number, word = 'line') =>
  Array.from({ length: count }, (_, index) => `${word} ${index}`).join('\n');

test('a text that fits stays as it is', () => {
  const text = 'x'.repeat(most);
  expect(fitted(text, most)).toBe(text);
});

test('a longer one is cut between lines, as late as it can be, and says how much is missing', () => {
  const text = lines(1000);
  const cut = fitted(text, most);
  expect(cut.length).toBeLessThanOrEqual(most);
  expect(cut.length).toBeGreaterThan(most - 20);
  const [shown = '', rest = ''] = cut.split('\n\n**');
  expect(text.startsWith(`${shown}\n`)).toBe(true);
  expect(rest).toContain(`cut here: ${text.length - shown.length} of ${text.length} characters are left out`);
  expect(rest).toMatch(/All of it is in the summary of the run\.\n$/);
});

test('what is folded or fenced there is closed', () => {
  const cut = fitted(
    `<details><summary>a</summary>\n\n<details><summary>b</summary>\n\n\`\`\`\`text\n${lines(900)}\n\`\`\`\`\n</details>`,
    most,
  );
  expect(cut).toMatch(/line \d+\n````\n\n<\/details>\n\n<\/details>\n\n\*\*This comment is cut here/);
  expect(fitted(`\`\`\`\nx\n\`\`\`\n${lines(900)}`, most)).toMatch(/line \d+\n\n\*\*This/);
});

test('one line that is too long leaves only the notice', () =>
  expect(fitted('x'.repeat(most + 1), most)).toMatch(/^\n*\*\*This comment is cut here: 2001 of 2001/));
