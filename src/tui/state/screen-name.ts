export const screens = ['plan', 'layout', 'what-if', 'calendar', 'compare'] as const;
export type ScreenName = (typeof screens)[number];
