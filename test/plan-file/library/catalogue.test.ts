import {expect, test} from 'vitest';
import {withFrameworks} from '../../../src/plan-file/hardware/with-frameworks.js';
import {type Catalogue, lookUp, reviveHardware} from '../../../src/plan-file/library/catalogue.js';
import {compileCatalogue} from '../../../src/plan-file/library/compile-catalogue.js';
import {listHardware, listModels, readHardware, readModel} from '../../../src/plan-file/library/library.js';

const compiled = await compileCatalogue();
if ('problems' in compiled) throw new Error('a preset has problems');
const catalogue: Catalogue = JSON.parse(JSON.stringify(compiled.catalogue));

test('the catalogue holds every preset as its YAML is read', async () => {
  expect(Object.keys(catalogue.hardware)).toEqual(listHardware());
  expect(Object.keys(catalogue.models)).toEqual(listModels());
  for (const [name, {profile}] of Object.entries(catalogue.hardware)) {
    expect(withFrameworks(reviveHardware(profile), catalogue.frameworks.profile)).toEqual(
      await readHardware(name),
    );
  }
  for (const [name, {profile}] of Object.entries(catalogue.models)) {
    expect({profile}).toEqual(await readModel(name));
  }
});

test('an entry holds only for the texts that it was compiled from', () => {
  const entry = {hash: '', profile: 'compiled'};
  expect(lookUp(entry, ['edited'])).toBeNull();
  expect(lookUp(null, ['text'])).toBeNull();
});
