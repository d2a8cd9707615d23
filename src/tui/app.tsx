import {useInput} from 'ink';
import {useCallback, useState, useSyncExternalStore} from 'react';
import {Screen, type Surface} from './screens/screen.js';
import type {Store} from './store.js';
import {makeKeyReader} from './terminal/keystrokes.js';

interface AppProps {
  readonly store: Store;
  readonly surface: Surface;
}

/** The screen of the store's state; keys go to the store. */
export function App({store, surface}: AppProps) {
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
  return <Screen surface={surface} state={state} />;
}
