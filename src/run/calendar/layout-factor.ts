import {type Band, tenthDeviate} from '../../units/band.js';

/**
 * Time of the layout that a team ran over that of the layout that the planner finds, where the team's is unknown.
 *
 * Fitted to published device-hours of runs without a published layout, over the clean run and its usual losses
 * (`scripts/fit/calendar.mjs`); the median is over runs, the spread is that of the medians of eight families of models
 * less what the clean run's band and the losses carry.
 */
const teams = {median: 1.19, logSpread: 0.26};

const wider = Math.exp(tenthDeviate * teams.logSpread);

export const layoutOfTeams: Band = {
  p10: teams.median / wider,
  p50: teams.median,
  p90: teams.median * wider,
};

export const layoutAsPlanned: Band = {p10: 1, p50: 1, p90: 1};
