/** The notification clocks with their basis, the facts they are counted from, and the notices people got about them. */

import { sayDay, sayDays } from '../../domain/dates-in-words.ts'
import { factLabel } from '../../domain/facts.ts'
import { type IncidentClock, isMetLate } from '../../domain/incident-clocks.ts'
import { mannerLabel } from '../../domain/notification-rules.ts'
import { notificationOf } from '../../domain/notifications.ts'
import { isAtOnceDue } from '../../domain/owed-at-once.ts'
import { proofFileWords } from '../../domain/proof-files.ts'
import type { Report } from '../../domain/report/report.ts'
import { substituteNotice } from '../../domain/substitute-notice.ts'
import { notOwedWords, spareWords, waitWords } from '../clock-words.ts'
import { postingWords } from '../posting.ts'
import { readWords, ruleWords } from '../rule-words.ts'
import { upperFirst } from '../scene.ts'
import { whyUnreached } from '../unreached.ts'
import { type Block, heading, table, text } from './block.ts'
import { clockLabel, factWords, people } from './fact-words.ts'
import { postWords } from './post-words.ts'
import { entryWords, lateWords, momentWords, NOT_HERE, whenWords, whoWords, zoneOf } from './words.ts'

const day = (date: string | null): string => (date ? sayDay(date as never) : 'none')

function met(report: Report, clock: IncidentClock): string {
  const { id, status, metOn, daysLeft } = clock
  const how = progress(report, id)
  if (metOn)
    return [isMetLate(clock) ? `▲ sent late, ${day(metOn)}` : `✓ sent ${day(metOn)}`, ...how].join('\n')
  if (status !== 'running') return ''
  return [(daysLeft ?? 0) < 0 ? '▲ not sent, late' : '○ not sent', ...how].join('\n')
}

/** To how many it went and by what manner, and the entries that say who drafted, approved and proved it. */
function progress({ state }: Report, id: string): readonly string[] {
  const { owner, drafted, approved, sent, proved } = notificationOf(state, id)
  const isSent = state.notified[id] !== undefined
  const how = sent && `${sent.count === null ? '' : `to ${sent.count} `}by ${mannerLabel(sent.manner)}`
  return [
    ...(isSent && how ? [how] : []),
    ...(owner ? [`owner named: entry ${owner.seq}`] : []),
    ...(drafted ? [`draft: entry ${drafted.seq}`] : []),
    ...(approved
      ? [
          `approved: entry ${approved.seq}, contents ${approved.contents.join(' ')}${approved.alone ? ', by who drafted it' : ''}`,
        ]
      : []),
    ...(proved ? [`proof: ${proved.all.map(({ seq }) => entryWords(seq)).join(', ')}`] : []),
  ]
}

function stateOf(report: Report, clock: IncidentClock): string {
  const { status, daysLeft, spare, spareMs } = clock
  if (status === 'met') return spare === null ? 'met' : spareWords(spare, spareMs)
  if (status === 'running') {
    if (daysLeft === null) return waitWords(clock)
    return daysLeft < 0 ? spareWords(daysLeft) : `${sayDays(daysLeft)} left`
  }
  if (status === 'depends') return clock.undecided ? `depends: ${clock.undecided.question}` : 'depends'
  const why = notOwedWords(report.state, clock)
  return `${status === 'vanished' ? 'no longer owed' : 'not owed'}${why ? `: ${why}` : ''}`
}

/** What was never owed and has no reason worth a row: the duty of another sort of organisation, or of another State. */
const isTold = (report: Report, clock: IncidentClock): boolean =>
  clock.status !== 'not-owed' || notOwedWords(report.state, clock) !== undefined

/** People whom no letter reaches, and the posting for them: from when to when it stood. */
function substitutePart({ state }: Report): readonly Block[] {
  const notice = substituteNotice(state)
  if (!notice || notice.needs === 'nothing') return []
  const { count, needs } = notice
  const who = count === null ? '' : `${people(count)} without an address that works: `
  const what =
    needs === 'another form' ? 'another written form, the telephone or other means' : postingWords(notice)
  return [text(`Substitute notice (45 CFR 164.404(d)(2)): ${who}${what}.`)]
}

export function clocksPart(report: Report): readonly Block[] {
  const { state, moves } = report
  const clocks = report.clocks.filter((clock) => isTold(report, clock))
  const others = report.clocks.length - clocks.length
  return [
    heading(2, 'Notification clocks'),
    text(
      `Counted for a ${state.organisation.entityType.replaceAll('_', ' ')} in ${zoneOf(report)}, by the regulation table of ${state.organisation.table}. The last day is the law’s; the target is the organisation’s own.`,
    ),
    table(
      'Each notification clock: its basis, last day, and when it was met',
      [
        ['Notification', 5],
        ['Basis', 6],
        ['Last day', 4],
        ['Met', 4],
        ['Days to spare', 4],
      ],
      clocks.map((clock) => [
        `${upperFirst(clock.label)}${clock.states.length > 0 ? ` (${clock.states.join(', ')})` : ''}`,
        [clock.citation, ruleWords(clock.id), readWords(clock.id)].filter(Boolean).join('\n'),
        clock.lastDay
          ? `${day(clock.lastDay)}${clock.target && clock.target !== clock.lastDay ? `\ntarget ${day(clock.target)}` : ''}`
          : clock.atOnce
            ? 'none: owed at once'
            : 'none',
        met(report, clock),
        stateOf(report, clock),
      ]),
      'No clock applies.',
    ),
    ...(others > 0
      ? [
          text(
            `${others === 1 ? 'One clock' : `${others} clocks`} more of the table never applied to this incident.`,
            'quiet',
          ),
        ]
      : []),
    ...substitutePart(report),
    heading(3, 'Facts they are counted from'),
    table(
      'Facts as people recorded them, with what was recorded before',
      [
        ['Fact', 4],
        ['Recorded', 6],
        ['Before', 5],
        ['By', 4],
        ['When', 5],
        ['Why', 5],
      ],
      report.facts.map((row) => [
        upperFirst(factLabel(row.fact)),
        factWords(row.fact, row.value, report),
        row.before ? factWords(row.fact, row.before, report) : '',
        whoWords(row.by),
        lateWords(report, row),
        row.reason,
      ]),
      'No fact was recorded after the declaration.',
    ),
    heading(3, 'How the last days moved'),
    table(
      'Every time a last day appeared, moved or went',
      [
        ['Notification', 6],
        ['Was', 4],
        ['Became', 4],
        ['When', 5],
        ['Because of', 3],
      ],
      moves.map((move) => [
        clockLabel(move.clock),
        day(move.before),
        day(move.after),
        whenWords(report, move),
        move.cause === null ? 'time passing' : entryWords(move.cause),
      ]),
      'No last day was ever set.',
    ),
  ]
}

/** `7 days before`, `on the last day`, `2 days after`, `24 hours before` */
function offsetWords(offset: string): string {
  const [, sign, count, unit] = /^(-?)(\d+)(h?)$/.exec(offset) ?? []
  if (offset.startsWith('appeared')) return 'the last day was set or moved'
  const [, since] = /^\+(\d+)h$/.exec(offset) ?? []
  if (since !== undefined) return since === '0' ? 'it was owed' : `${since} hours later`
  if (offset.startsWith('snoozed-')) return `snoozed until ${day(offset.slice(8, 18))}`
  if (offset === 'over') return 'it may be taken down'
  if (offset.startsWith('down-')) return 'it was taken down too early'
  if (count === undefined) return offset
  if (unit) return `${count} ${count === '1' ? 'hour' : 'hours'} before`
  if (count === '0') return 'on the last day'
  return `${sayDays(Number(count))} ${sign ? 'after' : 'before'}`
}

const dueWords = (lastDay: string): string => (isAtOnceDue(lastDay) ? 'owed at once' : day(lastDay))

export function noticesPart(report: Report): readonly Block[] {
  const answered = report.answers.map((row) => [
    clockLabel(row.clock),
    row.snoozedUntilOn ? `snoozed until ${day(row.snoozedUntilOn)}` : 'seen',
    dueWords(row.lastDay),
    whoWords(row.by),
    whenWords(report, row),
  ])
  return [
    heading(2, 'Notices and acknowledgements'),
    heading(3, 'Reminders'),
    table(
      'Reminders sent about each last day',
      [
        ['Notification', 6],
        ['Last day', 4],
        ['Reminder', 4],
        ['Sent', 5],
        ['To', 6],
      ],
      report.reminders.map((row) => [
        clockLabel(row.clock),
        dueWords(row.lastDay),
        `${offsetWords(row.offset)}${row.step > 0 ? `, escalated (step ${row.step})` : ''}`,
        whenWords(report, row),
        row.to.map(whoWords).join('\n') || (row.step > 0 ? 'nobody' : 'the room'),
      ]),
      'No reminder was sent.',
    ),
    ...(report.unreached.length > 0
      ? [
          table(
            'Reminders that did not reach the person they were for',
            [
              ['Person', 5],
              ['Notification', 6],
              ['Why', 5],
              ['When', 5],
            ],
            report.unreached.map((row) => [
              whoWords(row.person),
              row.clocks.map(clockLabel).join('\n'),
              whyUnreached(row.code),
              whenWords(report, row),
            ]),
            '',
          ),
        ]
      : []),
    heading(3, 'Proof'),
    table(
      'What proves that each notification went out, and where the record has it',
      [
        ['Notification', 5],
        ['Proof', 10],
        ['By', 4],
        ['When', 5],
      ],
      report.proofs.map((row) => [
        [clockLabel(row.clock), ...(row.isTakenBack ? ['– taken back'] : [])].join('\n'),
        [...(row.words === null ? [] : [row.words]), ...row.files.map(proofFileWords)].join('\n') || NOT_HERE,
        whoWords(row.by),
        whenWords(report, row),
      ]),
      'No proof was attached.',
    ),
    heading(3, 'Acknowledgements'),
    table(
      'Who acknowledged or snoozed a reminder; the deadline stayed',
      [
        ['Notification', 6],
        ['Answer', 4],
        ['Last day', 4],
        ['By', 5],
        ['When', 5],
      ],
      answered,
      'No reminder was acknowledged or snoozed.',
    ),
    heading(3, 'Posts'),
    table(
      'Wardroom’s own posts, by what they were',
      [
        ['Post', 6],
        ['Sent', 2],
        ['Failed', 2],
        ['Gave way to a newer one', 3],
        ['First', 5],
        ['Last', 5],
      ],
      report.posts.map((row) => [
        postWords(row.view),
        String(row.sent),
        String(row.failed),
        String(row.superseded),
        momentWords(report, row.firstAt),
        momentWords(report, row.lastAt),
      ]),
      'Nothing was posted.',
    ),
  ]
}
