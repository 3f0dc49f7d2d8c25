import type { HallPlan } from './plan.ts';
import { dome } from './plans/dome.ts';
import { largeTheatre } from './plans/large-theatre.ts';
import { smallTheatre } from './plans/small-theatre.ts';
import { stadium } from './plans/stadium.ts';

export const plans: readonly HallPlan[] = [smallTheatre, largeTheatre, stadium, dome];
