/** A fenced part of a page. */
interface Fence {
  readonly language: string;
  readonly text: string;
}

/** A command that a page shows, and the exit status that it says. */
export interface ShownCommand {
  readonly line: string;
  readonly program: string;
  readonly args: readonly string[];
  readonly status: number;
}

export function readmeFences(page: string): readonly Fence[] {
  return [...page.matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)].map(([, language = '', text = '']) => ({
    language,
    text,
  }));
}

/** Commands of the `sh` fences; `npx walltime` is the program itself, and `# exit status 2` what it ends with. */
export function shownCommands(page: string): readonly ShownCommand[] {
  return readmeFences(page)
    .filter(({language}) => language === 'sh')
    .flatMap(({text}) => text.trim().split('\n'))
    .flatMap(line => {
      const [typed = '', comment = ''] = line.split('  # ');
      const status = Number(comment.match(/^exit status (\d+)$/)?.[1] ?? 0);
      return typed.split(' && ').map(command => parse(command, status));
    });
}

function parse(command: string, status: number): ShownCommand {
  const words = command.replace(/^npx /, '').trim().split(/\s+/);
  const [program = '', ...args] = words;
  return {line: command, program, args, status};
}

/** What stands in a generated block. */
export function readBlock(page: string, name: string): string {
  const [, after = ''] = page.split(`<!-- generated: ${name} -->\n`);
  return after.split('\n<!-- end -->')[0] ?? '';
}
