import {expect, test} from 'vitest';
import {withFrameworks} from '../../../src/plan-file/hardware/with-frameworks.js';
import {type Catalogue, lookUp, reviveHardware} from '../../../src/plan-file/library/catalogue.js';
import {compileCatalogue} from '../../../src/plan-file/library/compile-catalogue.js';
import {listHardware, listModels, readHardware, readModel} from '../../../src/plan-file/library/library.js';
import {familyFiles} from '../../../src/plan-file/library/models/family-files.js';
import {readModelIndex} from '../../../src/plan-file/library/models/model-index.js';
import {familyFilePath} from '../../../src/plan-file/library/presets.js';
import {readFamilyText} from '../../../src/plan-file/models/read-family.js';

const compiled = await compileCatalogue();
if ('problems' in compiled) throw new Error('a preset has problems');
const catalogue: Catalogue = JSON.parse(JSON.stringify(compiled.catalogue));

test('the catalogue holds every preset as its YAML is read', async () => {
  expect(Object.keys(catalogue.hardware)).toEqual(listHardware());
  expect(Object.keys(catalogue.models).sort()).toEqual(listModels().sort());
  expect(catalogue.modelIndex.profile).toEqual(await readModelIndex());
  for (const [name, {profile}] of Object.entries(catalogue.hardware)) {
    expect(withFrameworks(reviveHardware(profile), catalogue.frameworks.profile)).toEqual(
      await readHardware(name),
    );
  }
  for (const {path, text, names} of familyFiles()) {
    const [first = ''] = names;
    expect({profile: catalogue.models[first]?.profile.profile}).toEqual(await readModel(first));
    expect(familyFilePath(catalogue.models[first]?.profile.file ?? '')).toBe(path);
    const read = await readFamilyText(path, text);
    const models = Object.fromEntries(names.map(name => [name, catalogue.models[name]?.profile.profile]));
    expect({models}).toEqual(read);
  }
});

test('an entry holds only for the texts that it was compiled from', () => {
  const entry = {hash: '', profile: 'compiled'};
  expect(lookUp(entry, ['edited'])).toBeNull();
  expect(lookUp(null, ['text'])).toBeNull();
});
