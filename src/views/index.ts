/** Every view the outbox may name, and the card functions commands reuse for their replies. */
import { brief, items } from './brief.ts'
import { checklist } from './checklist.ts'
import { clocks } from './clocks.ts'
import { closed, reopened } from './closing.ts'
import { decision } from './decision.ts'
import { notice } from './notice.ts'
import { status } from './status.ts'
import type { View } from './view.ts'

export const views: Readonly<Record<string, View>> = {
  notice,
  status,
  clocks,
  checklist,
  brief,
  items,
  decision,
  closed,
  reopened,
}

export { briefCard, itemsCard } from './brief.ts'
export { checklistCard } from './checklist.ts'
export { clocksCard } from './clocks.ts'
export { closedCard, reopenedCard } from './closing.ts'
export { decisionCard } from './decision.ts'
export { didYouMeanCard, type HelpRow, helpCard, helpVerbCard } from './help.ts'
export { lateCard } from './late.ts'
export { listCard, type Overview } from './list.ts'
export { noticeCard } from './notice.ts'
export type { OpenScene, Scene } from './scene.ts'
export { type StatusScene, statusCard, statusReply } from './status.ts'
