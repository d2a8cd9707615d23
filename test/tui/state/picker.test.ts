import {expect, test} from 'vitest';
import {
  fuzzyRank,
  matchingEntries,
  movePicker,
  type PickerEntry,
  pickedEntry,
  withQuery,
} from '../../../src/tui/state/picker.js';

const entries: PickerEntry[] = ['llama-2-70b', 'llama-3-8b', 'llama-3-70b', 'mixtral-8x7b'].map(label => ({
  label,
  kind: '',
  choice: {kind: 'set', field: 'model', value: label},
}));
const picker = {entries, query: '', index: 0};

test('letters in order are enough, a piece at the start of a word comes first', () => {
  expect(matchingEntries(withQuery(picker, 'l3')).map(({label}) => label)).toEqual([
    'llama-3-8b',
    'llama-3-70b',
  ]);
  expect(matchingEntries(withQuery(picker, '70')).map(({label}) => label)).toEqual([
    'llama-2-70b',
    'llama-3-70b',
  ]);
  expect(fuzzyRank('llama-3-70b', '70')).toBe(0);
  expect(fuzzyRank('llama-3-70b', 'x')).toBeNull();
});

test('words of a query are looked for one by one', () => {
  expect(matchingEntries(withQuery(picker, '70 3')).map(({label}) => label)).toEqual(['llama-3-70b']);
});

test('the cursor stays inside what matchingEntries, and typing puts it on the first', () => {
  const narrowed = withQuery({...picker, index: 3}, 'llama');
  expect(pickedEntry(narrowed)?.label).toBe('llama-2-70b');
  expect(pickedEntry(movePicker(narrowed, 9))?.label).toBe('llama-3-70b');
  expect(pickedEntry(withQuery(picker, 'zzz'))).toBeNull();
});
