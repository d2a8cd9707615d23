import {besiroglu, besirogluWithOutliers} from './laws/besiroglu.js';
import {dilocoFloor, dilocoFloorDataParallel} from './laws/diloco/floor.js';
import {diloco1, diloco2, diloco4, diloco8, dilocoDataParallel} from './laws/diloco/independent.js';
import {dilocoJoint} from './laws/diloco/joint.js';
import {farseer} from './laws/farseer.js';
import {gadreC4, gadreRedPajama, gadreRefinedWeb} from './laws/gadre.js';
import {hoffmann, hoffmannPrinted} from './laws/hoffmann.js';
import {kaplan} from './laws/kaplan.js';
import {krajewski, krajewskiDense} from './laws/krajewski.js';
import {kumar} from './laws/kumar.js';
import {muennighoff, muennighoffUntied} from './laws/muennighoff.js';
import {sardana, sardana100, sardana250, sardana500} from './laws/sardana.js';
import type {LossLaw} from './loss-law.js';

/** Every published loss law; one more is one file and one line here. */
export const lossLaws = {
  besiroglu,
  'besiroglu-with-outliers': besirogluWithOutliers,
  hoffmann,
  'hoffmann-printed': hoffmannPrinted,
  kaplan,
  muennighoff,
  'muennighoff-untied': muennighoffUntied,
  'gadre-c4': gadreC4,
  'gadre-redpajama': gadreRedPajama,
  'gadre-refinedweb': gadreRefinedWeb,
  sardana,
  'sardana-100': sardana100,
  'sardana-250': sardana250,
  'sardana-500': sardana500,
  kumar,
  krajewski,
  'krajewski-dense': krajewskiDense,
  farseer,
  'diloco-data-parallel': dilocoDataParallel,
  'diloco-1': diloco1,
  'diloco-2': diloco2,
  'diloco-4': diloco4,
  'diloco-8': diloco8,
  'diloco-joint': dilocoJoint,
  'diloco-floor-data-parallel': dilocoFloorDataParallel,
  'diloco-floor': dilocoFloor,
} as const satisfies Record<string, LossLaw>;

export type LossLawName = keyof typeof lossLaws;

export const lossLawNames = Object.keys(lossLaws) as [LossLawName, ...LossLawName[]];
