/** Every view the outbox may name, and the card functions commands reuse for their replies. */
import { chatCompromised, guest, roomLost, roomNotOpened, uninvited } from './alarms.ts'
import { announcement } from './announcement.ts'
import { assessment } from './assessment.ts'
import { brief, items } from './brief.ts'
import { checklist } from './checklist.ts'
import { checkpoint, checkpointKept } from './checkpoint.ts'
import { clocks } from './clocks.ts'
import { clocksMoved } from './clocks-moved.ts'
import { clocksPicture } from './clocks-picture/card.ts'
import { closed, reopened } from './closing.ts'
import { companionAlarm, companionClosed, companionNotice, companionPrivilege } from './companion.ts'
import { gap } from './coverage.ts'
import { decision } from './decision.ts'
import { disposalAsked } from './disposal.ts'
import { exhibitAnswered, exhibitOffered } from './exhibits.ts'
import { exportFailed, exportKept, recordDamaged } from './exports.ts'
import { managers, managersNotTold } from './managers.ts'
import { reminders } from './morning.ts'
import { notInTeam } from './not-in-team.ts'
import { notice } from './notice.ts'
import { noticeSent } from './notice-sent.ts'
import { notificationHanded } from './notification-handed.ts'
import { notificationOwned } from './notification-owned.ts'
import { owedNow } from './owed-now.ts'
import { phiGone, phiNudge, phiTold } from './phi.ts'
import { proofLost } from './proof-lost.ts'
import { reminderRoom } from './reminders.ts'
import { vacated } from './role-vacated.ts'
import { askRole, declined, escalation, handedOff, offer } from './roles-asked.ts'
import { sheet } from './sheet.ts'
import { status } from './status.ts'
import { unreached } from './unreached.ts'
import type { View } from './view.ts'

export const views: Readonly<Record<string, View>> = {
  notice,
  status,
  clocks,
  checklist,
  brief,
  items,
  'ask-role': askRole,
  offer,
  declined,
  'handed-off': handedOff,
  escalation,
  vacated,
  decision,
  assessment,
  'clocks-moved': clocksMoved,
  'clocks-picture': clocksPicture,
  'reminder-room': reminderRoom,
  managers,
  'managers-not-told': managersNotTold,
  reminders,
  closed,
  'notice-sent': noticeSent,
  'notification-handed': notificationHanded,
  'notification-owned': notificationOwned,
  'owed-now': owedNow,
  'proof-lost': proofLost,
  reopened,
  sheet,
  uninvited,
  guest,
  'room-lost': roomLost,
  'room-not-opened': roomNotOpened,
  'not-in-team': notInTeam,
  unreached,
  'chat-compromised': chatCompromised,
  gap,
  announcement,
  checkpoint,
  'checkpoint-kept': checkpointKept,
  'export-kept': exportKept,
  'record-damaged': recordDamaged,
  'export-failed': exportFailed,
  'disposal-asked': disposalAsked,
  'exhibit-offered': exhibitOffered,
  'exhibit-answered': exhibitAnswered,
  'phi-nudge': phiNudge,
  'phi-told': phiTold,
  'phi-gone': phiGone,
  'companion-notice': companionNotice,
  'companion-closed': companionClosed,
  'companion-privilege': companionPrivilege,
  'companion-alarm': companionAlarm,
}

export { announcementCard } from './announcement.ts'
export { assessmentCard } from './assessment.ts'
export { briefCard, itemsCard } from './brief.ts'
export { checklistCard } from './checklist.ts'
export { clockLawCard } from './clock-law.ts'
export { clocksCard } from './clocks.ts'
export { clocksAllCard } from './clocks-all.ts'
export { closedReply, reopenedReply } from './closing.ts'
export { decisionCard } from './decision.ts'
export { type HelpRow, helpCard, helpVerbCard } from './help.ts'
export { homeCard } from './home.ts'
export { lateCard } from './late.ts'
export { listCard, type Overview } from './list.ts'
export { noticeCard } from './notice.ts'
export type { OpenScene, Scene } from './scene.ts'
export { sheetCard } from './sheet.ts'
export { type StatusScene, statusCard, statusReply } from './status.ts'
