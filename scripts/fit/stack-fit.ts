export {readEvidence} from './evidence.js';
export {afterCalibration, bySource, bySweep, slopesOfRuns} from './held-out.js';
export {summary} from './held-out-accuracy.js';
export {writeFit} from './write-fit.js';
