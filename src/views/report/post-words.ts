/** What Wardroom's own posts were, by the view they were drawn from. */
import { upperFirst } from '../scene.ts'

const posts: Readonly<Record<string, string>> = {
  notice: 'Notice that everything is recorded',
  status: 'Status card',
  clocks: 'Clocks card',
  checklist: 'Checklist card',
  brief: 'Briefs for people who took a role',
  items: 'Next items, to one person',
  'ask-role': 'Questions who takes a role',
  offer: 'Offers of a role',
  declined: 'Roles declined',
  'handed-off': 'Handoffs told',
  escalation: 'Escalations of a role nobody took',
  vacated: 'Roles open again',
  decision: 'Decisions told',
  'clocks-moved': 'Last days that moved',
  'clocks-picture': 'Pictures of the clocks',
  'reminder-room': 'Reminders in the room',
  reminders: 'Reminders, to one person',
  closed: 'Closing told',
  'notice-sent': 'Notifications told as sent',
  'notification-owned': 'Notifications, to whoever was named for one',
  reopened: 'Reopening told',
  sheet: 'Sheets of telephone numbers',
  gap: 'Gaps in coverage told',
  announcement: 'Announcements outside the room',
  checkpoint: 'Checkpoints',
  'checkpoint-kept': 'Checkpoints, to counsel and privacy officer',
  'chat-compromised': 'Warnings that the attacker reads this chat',
  'room-lost': 'Alarms that a room was lost',
  'companion-notice': 'Notice in a room for counsel',
  'companion-closed': 'Closing and reopening, in a room for counsel',
  'companion-privilege': 'Privilege lifted or marked again, in a room for counsel',
  'companion-alarm': 'Alarms about a room for counsel, to counsel',
}

export const postWords = (view: string): string => posts[view] ?? upperFirst(view.replaceAll('-', ' '))
