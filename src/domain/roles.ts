/**
 * The roles of an incident and what each may do: one table, checked on every path.
 * Offices (privacy officer, security officer, counsel) may only be held by people the roster names for them.
 */
export const roles = [
  {
    id: 'commander',
    label: 'incident commander',
    aliases: ['ic', 'lead', 'incident lead', 'incident commander', 'commander'],
    office: false,
    needed: true,
    brief: 'You lead: name the other roles, move the phases, and record decisions with their reason.',
  },
  {
    id: 'deputy',
    label: 'deputy',
    aliases: ['deputy', 'deputy commander', 'second'],
    office: false,
    needed: false,
    brief: 'You stand in for the incident commander and may do all the commander may do.',
  },
  {
    id: 'privacy-officer',
    label: 'privacy officer',
    aliases: ['privacy', 'privacy officer', 'po', 'hipaa officer'],
    office: true,
    needed: true,
    brief:
      'You own the notification clocks: confirm the discovery date, the count of people and whether the data was secured.',
  },
  {
    id: 'security-officer',
    label: 'security officer',
    aliases: ['security', 'security officer', 'so', 'ciso'],
    office: true,
    needed: false,
    brief: 'You own the technical facts: what was touched, what was copied, what evidence is preserved.',
  },
  {
    id: 'detection-lead',
    label: 'detection lead',
    aliases: ['detection', 'detection lead', 'analysis lead', 'analyst'],
    office: false,
    needed: false,
    brief: 'You establish what happened: scope, systems, accounts, signs of copying.',
  },
  {
    id: 'containment-lead',
    label: 'containment lead',
    aliases: ['containment', 'containment lead'],
    office: false,
    needed: false,
    brief: 'You stop it getting worse, and preserve logs and disks before they change.',
  },
  {
    id: 'remediation-lead',
    label: 'remediation lead',
    aliases: ['remediation', 'remediation lead', 'recovery lead', 'it', 'it lead'],
    office: false,
    needed: false,
    brief: 'You remove the cause, fix the weakness and bring systems back in clinical order.',
  },
  {
    id: 'clinical-lead',
    label: 'clinical lead',
    aliases: ['clinical', 'clinical lead', 'clinical operations'],
    office: false,
    needed: false,
    brief: 'You watch patient safety: downtime procedures, and whether restored systems work for care.',
  },
  {
    id: 'communications-lead',
    label: 'communications lead',
    aliases: ['communications', 'comms', 'communications lead', 'comms lead', 'press'],
    office: false,
    needed: false,
    brief:
      'You prepare what staff, patients, media and partners are told; nothing leaves before it is approved.',
  },
  {
    id: 'counsel',
    label: 'legal counsel',
    aliases: ['legal', 'counsel', 'legal counsel', 'lawyer', 'attorney'],
    office: true,
    needed: false,
    brief:
      'You advise on privilege, legal hold and the notices, and may record facts that move a clock later.',
  },
  {
    id: 'scribe',
    label: 'scribe',
    aliases: ['scribe', 'note taker', 'notes'],
    office: false,
    needed: false,
    brief: 'You keep the record readable: decisions with reasons, late entries with their time.',
  },
  {
    id: 'sponsor',
    label: 'executive sponsor',
    aliases: ['sponsor', 'executive', 'executive sponsor', 'exec'],
    office: false,
    needed: false,
    brief: 'You give authority and resources, and are asked when a needed role stays untaken.',
  },
] as const

export type Role = (typeof roles)[number]['id']

export const roleRow = (id: Role): (typeof roles)[number] => roles.find((role) => role.id === id)!
export const roleLabel = (id: Role): string => roleRow(id).label
export const isRole = (text: string): text is Role => roles.some((role) => role.id === text)
export const isOffice = (id: Role): boolean => roleRow(id).office

const normal = (text: string) =>
  text
    .trim()
    .toLowerCase()
    .replace(/[\s_-]+/g, ' ')

/** The role a person typed: its id, label or a usual alias, in any case. */
export function roleFromWords(text: string): Role | undefined {
  const typed = normal(text)
  return roles.find(
    (role) =>
      normal(role.id) === typed ||
      role.label === typed ||
      (role.aliases as readonly string[]).includes(typed),
  )?.id
}

interface Permission {
  readonly roles: readonly Role[]
  readonly untaken: boolean
  readonly today?: true
}

/**
 * Who may do what. `untaken: true` lets a person act with a recorded reason while nobody holds any of these roles,
 * because an incident at 3 a.m. must not wait for a title; acts that could lose a deadline never allow it.
 * `today: true`: an office counts for whoever the roster names now, not for whoever held it then, so that the record leaves
 * through who answers for it when it is asked for.
 */
export const permissions = {
  'role.assign': { roles: ['commander', 'deputy', 'privacy-officer', 'security-officer'], untaken: true },
  'phase.move': { roles: ['commander', 'deputy'], untaken: true },
  'item.skip': { roles: ['commander', 'deputy', 'privacy-officer', 'security-officer'], untaken: true },
  'incident.close': { roles: ['commander', 'privacy-officer'], untaken: true },
  'incident.reopen': { roles: ['commander', 'deputy', 'privacy-officer', 'counsel'], untaken: true },
  'clock.acknowledge': { roles: ['privacy-officer', 'counsel', 'commander', 'deputy'], untaken: true },
  'clock.snooze': { roles: ['privacy-officer', 'counsel', 'commander', 'deputy'], untaken: true },
  'clock.later': { roles: ['privacy-officer', 'counsel'], untaken: false },
  'notification.own': { roles: ['privacy-officer', 'counsel', 'commander', 'deputy'], untaken: true },
  /** What leaves the house is read by somebody who answers for it: nobody stands in for them. */
  'notification.approve': { roles: ['privacy-officer', 'counsel'], untaken: false },
  'chat.compromised': {
    roles: ['commander', 'deputy', 'security-officer', 'privacy-officer'],
    untaken: true,
  },
  'incident.export': {
    roles: ['privacy-officer', 'security-officer', 'counsel'],
    untaken: false,
    today: true,
  },
  'register.export': { roles: ['privacy-officer', 'security-officer', 'counsel'], untaken: false },
  'privilege.mark': { roles: ['counsel'], untaken: false },
  'privilege.read': { roles: ['counsel', 'privacy-officer'], untaken: false },
  'assess.sign': { roles: ['privacy-officer', 'counsel'], untaken: false },
  'assess.confirm': { roles: ['privacy-officer', 'counsel', 'security-officer'], untaken: false },
  'legal-hold': { roles: ['counsel', 'privacy-officer'], untaken: false },
  /** Whom the roster names today, not who held a role in an incident years ago. */
  'content.dispose': { roles: ['privacy-officer', 'counsel', 'security-officer', 'sponsor'], untaken: false },
  'evidence.transfer': { roles: ['counsel', 'privacy-officer', 'security-officer'], untaken: false },
  'roster.edit': { roles: ['privacy-officer', 'security-officer', 'sponsor'], untaken: false },
} as const satisfies Record<string, Permission>

export type Act = keyof typeof permissions
