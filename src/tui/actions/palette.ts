import type {NameList} from '../document/plan-fields.js';
import {fieldIn, labelOf, planFields} from '../document/plan-fields.js';
import type {Picker, PickerEntry} from '../state/picker.js';
import {screens} from '../state/screen-name.js';
import type {State} from '../state/state.js';

/** A list of models, machines or software stacks, with the cursor on the plan's own. */
export function namePicker({known, answer}: State, list: NameList, current: string | null): Picker {
  const stacks = answer?.answer.stacks ?? [];
  const names = {model: known.models, hardware: known.hardware, software: stacks}[list];
  const entries = names.map(name => setEntry('', list, name));
  return {entries, query: '', index: Math.max(0, names.indexOf(current ?? ''))};
}

/** A list of every field, screen, model, machine and software stack. */
export function palette({known, answer, document}: State): Picker {
  const entries: PickerEntry[] = [
    ...planFields.map(field => ({
      label: labelOf(fieldIn(field, document)),
      kind: 'edit',
      choice: {kind: 'field', field: field.key} as const,
    })),
    ...screens.map(screen => ({label: screen, kind: 'go to', choice: {kind: 'screen', screen} as const})),
    ...known.models.map(name => setEntry('model', 'model', name)),
    ...known.hardware.map(name => setEntry('hardware', 'hardware', name)),
    ...(answer?.answer.stacks ?? []).map(name => setEntry('software', 'software', name)),
  ];
  return {entries, query: '', index: 0};
}

function setEntry(kind: string, field: string, value: string): PickerEntry {
  return {label: value, kind, choice: {kind: 'set', field, value}};
}
