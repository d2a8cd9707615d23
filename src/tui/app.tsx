import {Box, Text, useInput} from 'ink';
import {memo, useCallback, useSyncExternalStore} from 'react';
import type {Page} from '../report/page/page.js';
import {draw} from './screens/draw.js';
import type {Store} from './store.js';
import {keystrokesOf} from './terminal/keystrokes.js';

interface AppProps {
  readonly store: Store;
  readonly surface: Pick<Page, 'color' | 'unicode'>;
}

/** The picture of the state; keys go to the store. */
export function App({store, surface}: AppProps) {
  const state = useSyncExternalStore(store.subscribe, store.get);
  useInput(
    useCallback(
      (input, key) => {
        for (const pressed of keystrokesOf(input, key)) store.dispatch({kind: 'key', key: pressed});
      },
      [store],
    ),
  );
  const lines = draw(surface, state);
  return (
    <Box flexDirection="column">
      {lines.map((line, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a line is known by its place on the screen
        <Line key={row} text={line} />
      ))}
    </Box>
  );
}

const Line = memo(function Line({text}: {readonly text: string}) {
  return <Text wrap="truncate">{text === '' ? ' ' : text}</Text>;
});
