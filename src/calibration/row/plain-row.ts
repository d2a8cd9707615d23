import type {Transformer} from '../../model/transformer.js';
import type {MeasurementRow} from '../measurement.js';
import {withImpliedCounts} from './row-degrees.js';
import {namedShape} from './row-shape.js';
import {withNotedTechniques} from './row-techniques.js';
import {inKnownWords} from './row-words.js';

/** A row as the columns' meanings have it, with what had to be taken as something. */
export interface PlainMeasurement {
  readonly row: MeasurementRow;
  /** The known model that the row names, where it leaves a part of its shape open. */
  readonly shape: Transformer | null;
  readonly assumptions: readonly string[];
}

/** The same run in known words, with all that follows from what the row states; or why it is not understood. */
export function plainRow(
  stated: MeasurementRow,
  shapes: readonly Transformer[],
): PlainMeasurement | {readonly reason: string} {
  const known = inKnownWords(stated);
  if ('reason' in known) return known;
  const noted = withNotedTechniques(known.row);
  const counted = withImpliedCounts(noted.row);
  const assumptions = [...known.assumptions, ...noted.assumptions];
  const shape = namedShape(counted, shapes);
  if (shape === null) return {row: counted, shape, assumptions};
  const {numLayers, hiddenSize, attention, name} = shape;
  return {
    row: {
      ...counted,
      layers: String(numLayers),
      hidden: String(hiddenSize),
      heads: String(attention.numHeads),
    },
    shape: {...shape, name: counted.model_name ?? name},
    assumptions: [...assumptions, `shape not stated in full: taken from ${name}`],
  };
}
