export interface TerminalSize {
  /** Zero or more; terminals do report 0×0 while they are being set up. */
  readonly columns: number
  readonly rows: number
}

/** What the terminal, or whoever controls it, tells the pane. */
export interface TerminalEvents {
  /** The size changed, or was another one meanwhile. May come in storms. */
  readonly onResize: () => void
  /** Someone outside asks for a suspend (SIGTSTP). Ctrl-Z arrives as a byte and needs no event. */
  readonly onSuspend: () => void
  /** The process goes on after a stop that the pane did not ask for (SIGCONT after SIGSTOP): repaint everything. */
  readonly onResume: () => void
  /** The pane must go: SIGINT, SIGTERM, SIGHUP, stdin ended. The terminal is restored before this returns. */
  readonly onClose: () => void
}

/** The terminal that the pane draws on. The pane knows no other way to the outside. */
export interface PaneTerminal {
  /** When it is no terminal (`isTTY` not true) the pane only shows and reads no keys. */
  readonly stdin: NodeJS.ReadStream
  readonly stdout: NodeJS.WriteStream
  /** The size now. */
  readonly size: () => TerminalSize
  /** Draw with ASCII only: the locale is not UTF-8, or the user asked for it. */
  readonly ascii: boolean
  /** False for NO_COLOR and terminals without colour: level stays readable by glyph and word. */
  readonly colour: boolean
  /** Begins to report events; the answer ends it. */
  readonly listen: (events: TerminalEvents) => () => void
  /**
   * Stops the whole job as the shell's Ctrl-Z does, and resolves when it goes on, or soon where nobody can stop it. The
   * pane has left the alternate screen and raw mode before the call and comes back after it. Until it resolves it keeps
   * the event loop alive: nothing listens to stdin meanwhile.
   */
  readonly suspend: () => Promise<void>
  /** Does it once everything that is waiting has had its turn. */
  readonly soon: (task: () => void) => void
}
