/** Two incidents as logs: one over within three hours, and one of ninety days that was dense at first. */
import { event } from '../../src/domain/events.ts'
import type { PhaseId } from '../../src/domain/phases.ts'
import type { Role } from '../../src/domain/roles.ts'
import { named, type Told, tell } from './told-log.ts'

const minutes = (from: string, count: number): string =>
  new Date(Date.parse(from) + count * 60_000).toISOString()

const role = (role: Role, person: string, previous: string | null = null) =>
  event('role.assigned', { role, person, previous, how: previous ? 'handoff' : 'claimed' })

const decision = (number: number, what: string, why: string, by?: string) =>
  event('decision.recorded', { number, message: null }, { what, why, ...(by ? { by } : {}) })

const phase = (phase: PhaseId, from: PhaseId, openRequired: readonly string[] = [], reason?: string) =>
  event('phase.entered', { phase, from, openRequired }, reason ? { reason } : undefined)

const done = (item: string, note?: string) =>
  event('item.completed', { item, by: note ? 'person' : 'command' }, note ? { note } : undefined)

const reminded = (clock: string, lastDay: string, offset: string, to: readonly string[]) =>
  event('reminder.sent', { clock, lastDay, offset, step: 0, to })

const signed = (why: string, seq: number) => ({
  kind: 'checkpoint.signed',
  data: { seq, head: 'c0ffee'.repeat(11).slice(0, 64), key: '77B0-1D2C-93AA-41E2', signature: 'Zm9v', why },
})

const people: Readonly<Record<string, string>> = {
  SAM: 'Sam Okafor',
  DANA: 'Dana Reyes',
  PRIYA: 'Priya Nair',
  LEE: 'Lee Chan 李成',
  JO: 'José Núñez',
  CARA: 'Чарна Вебб',
  MAX: 'מקס באואר',
  NOUR: 'نور الهاشمي',
}

const introduce = (...ids: readonly string[]) => ids.map((id) => named(id, people[id]!))

/** A laptop found again, encrypted: over in three hours. A drill, in which most things are left undone. */
export function threeHours(): Told {
  const at = '2026-11-21T03:41:00Z'
  const told = tell('inc-2026-0007', {
    ...{ at, by: 'SAM', kind: 'lost-device', drill: true },
    sentence: 'A ward laptop is not in its cabinet on floor 4',
  })
  told.act(minutes(at, 1), 'SAM', ...introduce('SAM', 'DANA', 'PRIYA'), role('commander', 'SAM'))
  told.say(minutes(at, 2), 'SAM', 9)
  told.act(minutes(at, 12), 'DANA', role('privacy-officer', 'DANA'))
  told.act(
    minutes(at, 14),
    'SAM',
    decision(1, 'Wipe the laptop remotely now.', 'BitLocker state unknown, last seen online 22:10.'),
  )
  told.act(minutes(at, 15), '', signed('decision', 20))
  told.act(
    minutes(at, 21),
    'SAM',
    role('commander', 'PRIYA', 'SAM'),
    phase('containment', 'detection', ['D1'], 'the device may still be online'),
  )
  told.act(
    minutes(at, 22),
    'PRIYA',
    decision(2, 'Move to Containment with required item D1 open.', 'the device may still be online'),
  )
  told.say(minutes(at, 25), 'PRIYA', 22)
  told.act(
    minutes(at, 70),
    'DANA',
    event(
      'fact.recorded',
      { fact: 'unsecured', value: { unsecured: false }, before: null },
      { reason: 'full-disk encryption was on, and the key is safe' },
    ),
  )
  told.act(
    minutes(at, 95),
    'PRIYA',
    done('C3', 'wipe receipt in entry 41'),
    event('note.recorded', {}, { body: 'Found in the cleaning cupboard by the night porter 🧹' }),
  )
  told.act(minutes(at, 150), 'PRIYA', phase('recovery', 'containment'), phase('post-incident', 'recovery'))
  told.act(
    minutes(at, 175),
    'DANA',
    event('incident.closed', { outcome: 'drill', duplicateOf: null }, { reason: 'the exercise is over' }),
  )
  told.act(minutes(at, 176), '', signed('closed', 70))
  return told
}

/** Ransomware: a dense first night, weeks of recovery, three notices, one of them late. */
export function ninetyDays(): Told {
  const at = '2026-12-07T08:05:00Z'
  const told = tell('inc-2026-0012', {
    ...{ at, by: 'LEE', kind: 'malware' },
    sentence: 'Ransom note on the file server at 02:40 <script>alert("x")</script>',
  })
  told.act(minutes(at, 1), 'LEE', ...introduce(...Object.keys(people)), role('commander', 'LEE'))
  told.act(minutes(at, 2), '', {
    kind: 'post.sent',
    data: { delivery: 'd1', view: 'notice', room: 'C1', message: 'm1', to: null },
  })
  told.say(minutes(at, 3), 'LEE', 40)
  told.act(minutes(at, 15), 'DANA', role('privacy-officer', 'DANA'))
  told.act(minutes(at, 18), 'LEE', role('containment-lead', 'PRIYA'), role('clinical-lead', 'JO'))
  told.act(
    minutes(at, 20),
    'LEE',
    decision(1, 'Isolate the imaging segment.', 'New files are being encrypted every minute.'),
    phase('containment', 'detection', ['D1', 'D2'], 'encryption is still spreading'),
  )
  told.act(minutes(at, 21), '', signed('decision', 60))
  told.act(
    minutes(at, 32),
    'PRIYA',
    done('C3', 'VLAN 40 isolated at the core switch at 03:18'),
    decision(2, 'Divert ambulances to St Mary.', 'Imaging is down.', 'Dr. Ångström, on call'),
  )
  told.act(
    minutes(at, 41),
    'PRIYA',
    decision(3, 'Keep the power on.', 'Memory images first: مهم جدا for the forensic team.'),
    decision(4, 'Call the insurer.', 'The policy asks for it within 24 hours.'),
  )
  told.say(minutes(at, 60), 'JO', 120)
  told.act(
    minutes(at, 300),
    '',
    event('coverage.gap', {
      from: minutes(at, 260),
      to: minutes(at, 295),
      why: 'the connection was down',
      lost: ['all'],
    }),
  )
  told.act(
    minutes(at, 305),
    '',
    event('coverage.gap', {
      ...{ from: minutes(at, 296), to: minutes(at, 304), why: 'restart', room: 'C1' },
      ...{ recovered: 4, vanished: 1, lost: ['deleted-unseen', 'reactions-undone'] },
    }),
  )
  told.act(minutes(at, 320), 'MAX', role('counsel', 'MAX'), role('communications-lead', 'NOUR'))
  told.say(minutes(at, 330), 'NOUR', 55)
  told.act(
    minutes(at, 700),
    'LEE',
    role('commander', 'CARA', 'LEE'),
    decision(
      5,
      'Tell nobody in this room what the attacker must not read <@MAX>.',
      'The note quotes us: “we see you” 👀',
    ),
  )
  told.act(
    minutes(at, 1300),
    'CARA',
    phase('eradication', 'containment', ['C1'], 'scope is not final'),
    decision(6, 'Rebuild from golden images.', 'Backups of 5 Dec are clean.'),
  )
  const days = (count: number) => minutes(at, count * 1440)
  for (let day = 1; day < 30; day++) told.say(days(day), day % 2 ? 'PRIYA' : 'JO', Math.max(3, 40 - day * 2))
  told.act(days(3), 'CARA', phase('recovery', 'eradication'), role('remediation-lead', 'LEE'))
  told.act(days(3.2), 'LEE', done('E1', 'all domain accounts reset, golden images rebuilt'))
  const fact = (value: object, name: string, reason?: string) =>
    event('fact.recorded', { fact: name, value, before: null } as never, reason ? { reason } : undefined)
  told.act(
    days(7),
    'DANA',
    fact({ total: 612, byState: { TX: 380, OK: 232 } }, 'affected'),
    fact({ unsecured: true }, 'unsecured', 'the archive was not encrypted'),
  )
  told.act(
    days(7.1),
    'DANA',
    fact({ at: '2026-12-07', confirmed: true }, 'discovered', 'the ticket is of that night'),
  )
  told.act(days(29), '', reminded('hipaa.individual', '2027-02-05', '30', ['DANA', 'CARA']))
  told.act(
    days(29.1),
    'DANA',
    event('reminder.acknowledged', { clock: 'hipaa.individual', lastDay: '2027-02-05' }),
  )
  told.act(
    days(44),
    'DANA',
    fact({ total: 1204, byState: { TX: 820, OK: 384 } }, 'affected', 'the forensic report'),
  )
  told.act(
    days(44.2),
    'CARA',
    decision(7, 'Offer two years of credit monitoring.', 'Social Security numbers were in the archive.'),
  )
  told.act(
    days(56),
    'DANA',
    fact(
      { clock: 'hipaa.individual', on: '2027-02-01' },
      'notified',
      'the mailing house confirmed 1,204 letters',
    ),
  )
  told.act(
    days(60),
    'DANA',
    fact({ clock: 'hipaa.hhs.500plus', on: '2027-02-05' }, 'notified'),
    reminded('hipaa.media', '2027-02-05', '0', []),
  )
  told.act(
    days(62),
    'DANA',
    fact({ clock: 'hipaa.media', on: '2027-02-07' }, 'notified', 'the release was held back by the outlet'),
  )
  told.act(
    days(72),
    'MAX',
    event('legal_hold.placed', { over: 'incident' }, { reason: 'a claim is expected' }),
  )
  told.act(days(70), 'PRIYA', {
    kind: 'evidence.added',
    data: { exhibit: 1, source: 'disk-image', sha256: 'ab'.repeat(32), seal: 'B-4411', custodian: 'PRIYA' },
    text: { body: 'Image of the file server', place: 'Evidence safe, room 2.14' },
  })
  told.act(days(75), 'CARA', phase('post-incident', 'recovery', ['R8'], 'R8 is proven in the annex'))
  told.act(
    days(89),
    'DANA',
    event(
      'incident.closed',
      { outcome: 'breach-notified', duplicateOf: null },
      { reason: 'all three notices are out' },
    ),
  )
  told.act(days(89.1), '', signed('closed', 900))
  told.act(days(400), 'DANA', {
    kind: 'export.requested',
    data: { scope: 'decision-file', from: null, to: null },
  })
  return told
}
