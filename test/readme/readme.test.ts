import {existsSync, readFileSync} from 'node:fs';
import {expect, test} from 'vitest';
import {blockNames} from '../../scripts/readme/blocks.mjs';
import {generatedBlocks, renderBlocks} from '../../scripts/readme/generated-blocks.mjs';
import {runWalltime} from '../../scripts/readme/run-walltime.mjs';
import {exitCodes} from '../../src/cli/answer/exit-code.js';
import {readBlock, readmeFences, shownCommands} from './readme-page.js';

const page = readFileSync('README.md', 'utf8');
const scripts = Object.keys(
  (JSON.parse(readFileSync('package.json', 'utf8')) as {scripts: Record<string, string>}).scripts,
);

test('every block that can be generated is shown, once', () => {
  expect(blockNames(page).sort()).toEqual(Object.keys(generatedBlocks).sort());
});

// It runs every command that README shows, some for many seconds.
test('no generated block is out of date', async () => {
  const names = blockNames(page);
  const {contents} = await renderBlocks(names);
  for (const [name, text] of Object.entries(contents)) {
    expect(readBlock(page, name), `${name} is out of date: npm run build && npm run readme`).toBe(
      text.trimEnd(),
    );
  }
}, 600_000);

test.each(shownCommands(page))('$line ends with status $status', async ({program, args, status}) => {
  if (program === 'walltime') expect((await runWalltime(args)).status).toBe(status);
  // Running the tests or the installation from within the tests would not end.
  else expect(['ci', ...scripts]).toContain(args[0] === 'run' ? args[1] : args[0]);
});

test('commands are shown only where they are run', () => {
  const others = readmeFences(page).filter(({language}) => !['sh', 'text', 'yaml', 'js'].includes(language));
  expect(others).toEqual([]);
});

test('the table of exit statuses is the whole of what the program ends with', () => {
  const stated = [...page.matchAll(/^\| (\d+) \| [^|]+ \|$/gm)].map(([, status]) => Number(status));
  expect(stated).toEqual(Object.values(exitCodes));
});

test('the glossary defines each term once, in the order of the alphabet', () => {
  const [, glossary = ''] = page.split('## Glossary');
  const terms = [...glossary.matchAll(/^- \*\*([^*]+)\*\*/gm)].map(([, term = '']) => term);
  expect(terms).toEqual([...new Set(terms)].sort((a, b) => a.localeCompare(b, 'en', {sensitivity: 'base'})));
});

test('links to headings and files of the repository lead somewhere', () => {
  const anchors = [...page.matchAll(/^#+ (.+)$/gm)].map(([, title = '']) => anchorOf(title));
  for (const [, target = ''] of page.matchAll(/\]\(([^)]+)\)/g)) {
    if (target.startsWith('#')) expect(anchors).toContain(target.slice(1));
    else expect(existsSync(target), target).toBe(true);
  }
});

function anchorOf(title: string): string {
  return title
    .toLowerCase()
    .replaceAll(/[^\w -]/g, '')
    .replaceAll(' ', '-');
}
