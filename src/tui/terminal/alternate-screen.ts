/** The alternate screen, without cursor and line wrapping, and with marks around what is pasted. */
const enter = '\u001b[?1049h\u001b[?25l\u001b[?7l\u001b[?2004h\u001b[2J';
/** The shell's screen as it was. */
const leave = '\u001b[0m\u001b[?2004l\u001b[?7h\u001b[?25h\u001b[?1049l';

export interface AlternateScreen {
  /** Enters it; also again after the process was stopped and continued. */
  enter(): void;
  /** Leaves it; more than one call does no harm. */
  leave(): void;
}

/** Enters the alternate screen of a terminal. */
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
