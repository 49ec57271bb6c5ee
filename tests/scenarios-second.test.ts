/** The second third of the whole incidents in scenarios/. */
import { playShare } from './support/scenarios.ts'

playShare(1, 3)
