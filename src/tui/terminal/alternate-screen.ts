/** A screen beside the shell's, without cursor and without wrapping of long lines; what is pasted is marked. */
const enter = '\u001b[?1049h\u001b[?25l\u001b[?7l\u001b[?2004h\u001b[2J';
/** The shell's screen as it was. */
const leave = '\u001b[0m\u001b[?2004l\u001b[?7h\u001b[?25h\u001b[?1049l';

export interface AlternateScreen {
  /** Again, after the process was stopped and continued. */
  enter(): void;
  /** Once is enough; more do no harm. */
  leave(): void;
}

/** The alternate screen of a terminal, entered. */
export function openAlternateScreen(write: (text: string) => void): AlternateScreen {
  let open = false;
  const screen: AlternateScreen = {
    enter() {
      open = true;
      write(enter);
    },
    leave() {
      if (open) write(leave);
      open = false;
    },
  };
  screen.enter();
  return screen;
}
