/** How closely what comes from a platform is looked at, and which day it is there. */
import { dateIn } from '../domain/zone.ts'
import type { Wardroom } from '../wardroom.ts'
import type { Watch } from './nudges.ts'

export const watchOn = (
  { phiModeOn, settings, now }: Pick<Wardroom, 'phiModeOn' | 'settings' | 'now'>,
  platform: string,
): Watch => ({ mode: phiModeOn(platform), today: () => dateIn(settings.organisation.zone, now()) })
