import xterm from '@xterm/headless';
import {openPseudoTerminal} from '../bench/terminal/pseudo-terminal.mjs';
import {inRepository} from './repository.mjs';

const size = {columns: 100, rows: 38};

/**
 * What the interactive planner shows of a plan after some keys, once it shows all of the expected texts.
 *
 * @param {string} file
 * @param {{readonly keys: string, readonly expected: readonly string[]}} shown
 */
export async function terminalPicture(file, {keys, expected}) {
  const emulator = new xterm.Terminal({cols: size.columns, rows: size.rows, allowProposedApi: true});
  const command = [process.execPath, inRepository('dist/cli.js'), 'tui', inRepository(file)];
  const terminal = openPseudoTerminal(command, size, chunk => emulator.write(chunk));
  try {
    await terminal.until(picture => picture.includes('certified'));
    terminal.send(keys);
    for (;;) {
      const lines = await rows(emulator);
      if (expected.every(text => lines.some(line => line.includes(text)))) {
        return ['```text', ...lines, '```'].join('\n');
      }
      await terminal.until(() => true);
    }
  } finally {
    await terminal.end();
    emulator.dispose();
  }
}

/** @param {InstanceType<typeof xterm.Terminal>} emulator */
async function rows(emulator) {
  await new Promise(resolve => emulator.write('', () => resolve(null)));
  const {active} = emulator.buffer;
  return Array.from({length: size.rows}, (_, row) =>
    (active.getLine(row)?.translateToString(true) ?? '').trimEnd(),
  );
}
