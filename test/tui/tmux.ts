import {execFileSync, spawnSync} from 'node:child_process';
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {onTestFinished} from 'vitest';

/** A command in a real terminal. */
export interface TmuxScreen {
  /** Keys by the names that tmux has for them; text in single pieces. */
  keys(...keys: string[]): void;
  type(text: string): void;
  /** As a terminal pastes for programs that asked to be told. */
  paste(text: string): void;
  resize(columns: number, rows: number): void;
  picture(): string;
  /** Waits until the picture holds a text; the picture. */
  until(expected: string | RegExp): Promise<string>;
}

const patienceMilliseconds = 40_000;

/** Starts a shell command in a tmux server of its own, which goes when the test ends. */
export function openTmux(
  command: string,
  {columns = 120, rows = 40, folder = process.cwd()} = {},
): TmuxScreen {
  const home = mkdtempSync(path.join(tmpdir(), 'walltime-tmux-'));
  const socket = path.join(home, 'socket');
  const tmux = (...args: string[]) => execFileSync('tmux', ['-S', socket, '-u', ...args], {encoding: 'utf8'});
  const env = 'env LC_ALL=C.UTF-8 TERM=tmux-256color';
  tmux(
    '-f',
    '/dev/null',
    'new-session',
    '-d',
    '-x',
    `${columns}`,
    '-y',
    `${rows}`,
    '-c',
    folder,
    `${env} ${command}`,
  );
  onTestFinished(() => {
    spawnSync('tmux', ['-S', socket, 'kill-server']);
    rmSync(home, {recursive: true, force: true});
  });
  const screen: TmuxScreen = {
    keys: (...keys) => void tmux('send-keys', ...keys),
    type: text => void tmux('send-keys', '-l', text),
    paste: text => {
      tmux('set-buffer', text);
      tmux('paste-buffer', '-p', '-r');
    },
    resize: (width, height) => void tmux('resize-window', '-x', `${width}`, '-y', `${height}`),
    picture: () => tmux('capture-pane', '-p'),
    async until(expected) {
      const end = Date.now() + patienceMilliseconds;
      for (;;) {
        const picture = screen.picture();
        if (typeof expected === 'string' ? picture.includes(expected) : expected.test(picture))
          return picture;
        if (Date.now() > end) throw new Error(`the screen never showed ${String(expected)}:\n${picture}`);
        await new Promise(resolve => setTimeout(resolve, 50));
      }
    },
  };
  return screen;
}
