import type {HardwareProfile} from '../../cluster/hardware-profile.js';
import type {VariantChoices} from '../../plan/variant.js';
import type {PlanFields} from '../schema/plan-schema.js';
import type {OpenedHardware} from './opened-values.js';

/** A machine of the search section with its profile. */
export interface ProfiledHardware extends OpenedHardware {
  readonly profile: HardwareProfile;
}

/** Fields of a plan with one value of everything that it opens besides the layout. */
export interface VariantFields {
  readonly choices: VariantChoices;
  readonly fields: PlanFields;
  readonly profile: HardwareProfile;
}
