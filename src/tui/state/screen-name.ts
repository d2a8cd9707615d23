interface ScreenTab {
  /** Key that opens the screen from any other. */
  readonly key: string;
  readonly title: string;
}

/** The screens in the order of their tabs. */
export const screenTabs = {
  plan: {key: 'esc', title: 'Plan'},
  layout: {key: 'l', title: 'Layout'},
  'what-if': {key: 'w', title: 'What-if'},
  calendar: {key: 'c', title: 'Calendar'},
  compare: {key: 'm', title: 'Compare'},
} as const satisfies Record<string, ScreenTab>;

export type ScreenName = keyof typeof screenTabs;

export const screens = Object.keys(screenTabs) as readonly ScreenName[];
