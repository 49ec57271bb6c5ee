/** What happened shows on people's homes: one wish an incident, however much happens at once. */
import type { Outgoing } from '../store/unit.ts'

/** What happens in a burst is drawn once. */
const settleMs = 3000

export const homes = (of: { readonly incident: string; readonly platform: string }): Outgoing => ({
  ...{ incident: of.incident, lane: `homes:${of.platform}:${of.incident}`, verb: 'homes', view: 'home' },
  ...{ args: { platform: of.platform }, card: `homes/${of.platform}/${of.incident}`, afterMs: settleMs },
})
