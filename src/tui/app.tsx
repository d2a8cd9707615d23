import {useInput} from 'ink';
import {useCallback, useLayoutEffect, useState, useSyncExternalStore} from 'react';
import type {Page} from '../report/page/page.js';
import {draw} from './screens/draw.js';
import type {Store} from './store.js';
import {makeKeyReader} from './terminal/keystrokes.js';

interface AppProps {
  readonly store: Store;
  readonly surface: Pick<Page, 'color' | 'unicode'>;
  /** Brings the terminal to show the lines of a picture. */
  readonly show: (lines: readonly string[]) => void;
}

/** The picture of the state; keys go to the store. */
export function App({store, surface, show}: AppProps) {
  const [keystrokesOf] = useState(makeKeyReader);
  const state = useSyncExternalStore(store.subscribe, store.get);
  useInput(
    useCallback(
      (input, key) => {
        for (const pressed of keystrokesOf(input, key)) store.dispatch({kind: 'key', key: pressed});
      },
      [store, keystrokesOf],
    ),
  );
  const lines = draw(surface, state);
  useLayoutEffect(() => show(lines));
  return null;
}
