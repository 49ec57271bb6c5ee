/** One reader a kind: what a person did becomes a row, finished at the end when every name is known. */
import { isCustody } from '../custody.ts'
import type { EventKind, EventOf, EventText } from '../events.ts'
import type { IncidentState } from '../incident.ts'
import { proofFiles } from '../proof-files.ts'
import type { EntryLine } from '../record.ts'
import { POSTING } from '../substitute-notice.ts'
import { outside, type People, type Who } from './people.ts'
import { type Read, readEntry } from './read.ts'
import type * as Row from './report.ts'

type Later<T> = (() => T)[]

export function gatherRows(people: People) {
  const phases: Later<Omit<Row.PhaseRow, 'until'>> = []
  const tenures: Later<Omit<Row.TenureRow, 'until'>> = []
  const acting: Later<Row.ActingRow> = []
  const decisions: Later<Row.DecisionRow> = []
  const assessment: Later<Row.AssessmentRow> = []
  const notes: Later<Row.NoteRow> = []
  const facts: Later<Row.FactRow> = []
  const answers: Later<Row.AnswerRow> = []
  const proofs: Later<Omit<Row.ProofRow, 'isTakenBack'>> = []
  const closings: Later<Row.ClosingRow> = []
  const reminders: Later<Row.ReminderRow> = []
  const unreached: Later<Row.UnreachedRow> = []
  const moves: Row.MoveRow[] = []
  const custody: Later<Row.CustodyRow> = []
  const asked: Later<Who> = []
  let viewed = 0
  let declared: (() => Row.Report['declared']) | undefined
  let scope: Row.Scope | null = null

  function phase({ act, say, data, state }: Read<Partial<EventOf<'phase.entered'>['data']>>): void {
    const [by, reason] = [act(), say('reason')]
    const { openRequired = [], phase = state.phase } = data
    phases.push(() => ({ ...by(), phase, openRequired, reason: reason() }))
  }

  function note(kind: Row.NoteRow['kind']) {
    return ({ late, say }: Read): void => {
      const [by, body, why] = [late(), say('body'), say('note')]
      notes.push(() => ({ ...by(), kind, body: body(), why: why() }))
    }
  }

  function signature(isConfirmation: boolean) {
    return ({ act, say, data: { conclusion } }: Read<EventOf<'assessment.signed'>['data']>): void => {
      const [by, why] = [act(), say('reason')]
      assessment.push(() => ({
        ...by(),
        ...{ part: null, said: conclusion, isConfirmation, evidence: [], why: why() },
      }))
    }
  }

  const readers: { readonly [K in EventKind]?: (read: Read<EventOf<K>['data']>) => void } = {
    'incident.declared': (read) => {
      const [by, sentence] = [read.act(), read.say('sentence')]
      declared = () => ({ ...by(), sentence: sentence() })
      phase({ ...read, data: {} })
    },
    'phase.entered': phase,
    'role.assigned': ({ act, who, data: { role, person, how }, state }) => {
      const [done, holder, by] = [act(), who(person), who(state.roles[role]?.by ?? person)]
      tenures.push(() => ({ ...done(), by: by(), role, holder: holder(), how }))
    },
    'role.acted': ({ act, say, data: { role } }) => {
      const [by, reason] = [act(), say('reason')]
      acting.push(() => ({ ...by(), role, reason: reason() }))
    },
    'decision.recorded': ({ late, say, data: { number } }) => {
      const [by, what, why] = [late(), say('what'), say('why')]
      decisions.push(() => ({ ...by(), number, what: what(), why: why() }))
    },
    'assessment.answered': ({ act, say, data: { part, answer, evidence } }) => {
      const [by, why] = [act(), say('rationale')]
      assessment.push(() => ({ ...by(), part, said: answer, isConfirmation: false, evidence, why: why() }))
    },
    'assessment.signed': signature(false),
    'assessment.confirmed': signature(true),
    'note.recorded': note('note'),
    'evidence.recorded': note('evidence'),
    'fact.recorded': ({ late, say, data: { fact, value, before } }) => {
      const [by, reason] = [late(), say('reason', 'because', 'why')]
      facts.push(() => ({ ...by(), fact, value, before, reason: reason() }))
    },
    'clocks.changed': ({ seq, at, data }) => {
      for (const move of data.moves) moves.push({ seq, at, ...move })
    },
    'reminder.sent': ({ seq, at, who, data: { clock, lastDay, offset, step, to } }) => {
      const told = to.map((person) => who(person))
      reminders.push(() => ({ seq, at, clock, lastDay, offset, step, to: told.map((each) => each()) }))
    },
    'posting.reminded': ({ seq, at, who, data: { through, offset, to } }) => {
      const told = to.map((person) => who(person))
      const row = { seq, at, clock: POSTING, lastDay: through, offset, step: 0 }
      reminders.push(() => ({ ...row, to: told.map((each) => each()) }))
    },
    'reminder.unreached': ({ seq, at, who, data: { person, code, clocks } }) => {
      const whom = who(person)
      unreached.push(() => ({ seq, at, person: whom(), code, clocks }))
    },
    'reminder.acknowledged': ({ act, data: { clock, lastDay } }) => {
      const by = act()
      answers.push(() => ({ ...by(), clock, lastDay, snoozedUntilOn: null }))
    },
    'reminder.snoozed': ({ act, data: { clock, lastDay, untilOn } }) => {
      const by = act()
      answers.push(() => ({ ...by(), clock, lastDay, snoozedUntilOn: untilOn }))
    },
    'notification.proved': ({ seq, at, act, who, say, text, data: { clock, files = [], person } }) => {
      const [by, words, giver] = [act(), say('proof'), person === undefined ? undefined : who(person)]
      const told = proofFiles(text)
      const held = files.map((file) => told.find((each) => each.seq === file) ?? unnamed(file))
      proofs.push(() => ({ seq, at, by: giver?.() ?? by().by, clock, words: words(), files: held }))
    },
    'incident.closed': ({ act, say, data: { outcome, duplicateOf } }) => {
      const [by, reason] = [act(), say('reason')]
      closings.push(() => ({ ...by(), outcome, duplicateOf, reason: reason() }))
    },
    'incident.reopened': ({ act, say }) => {
      const [by, reason] = [act(), say('reason')]
      closings.push(() => ({ ...by(), outcome: null, duplicateOf: null, reason: reason() }))
    },
  }

  return {
    add(line: EntryLine, words: EventText | undefined, state: IncidentState): void {
      const kind: string = line.kind
      if (kind === 'access.viewed') viewed += 1
      const read = readers[line.kind] as ((read: Read) => void) | undefined
      const isKept = isCustody(kind) && kind !== 'access.viewed' && kind !== 'evidence.recorded'
      if (!read && !isKept) return
      const entry = readEntry(line, words, state, people)
      read?.(entry)
      if (isKept) custody.push(custodyRow(kind, entry))
      if (kind !== 'export.requested') return
      scope = entry.data as Row.Scope
      asked.push(entry.who(line.actor.id))
    },
    done(state: IncidentState, throughAt: string) {
      const bands = phases.map((row) => row())
      const closedAt = state.closed?.at ?? throughAt
      const end = closedAt > (bands.at(-1)?.at ?? '') ? closedAt : throughAt
      return {
        declared: declared!(),
        scope,
        askedBy: asked.at(-1)?.() ?? null,
        phases: bands.map((row, index) => ({ ...row, until: bands[index + 1]?.at ?? end })),
        tenures: tenures.map((row) => {
          const tenure = row()
          return { ...tenure, until: state.tenures.find(({ seq }) => seq === tenure.seq)?.until ?? null }
        }),
        acting: acting.map((row) => row()),
        excluded: state.excluded.map((person) =>
          people.who({ person, seq: Number.MAX_SAFE_INTEGER, roles: [] }),
        ),
        decisions: decisions.map((row) => row()),
        assessment: assessment.map((row) => row()),
        notes: notes.map((row) => row()),
        facts: facts.map((row) => row()),
        answers: answers.map((row) => row()),
        proofs: proofs.map((row) => ({ ...row(), isTakenBack: !isStanding(state, row()) })),
        closings: closings.map((row) => row()),
        reminders: reminders.map((row) => row()),
        unreached: unreached.map((row) => row()),
        custody: custody.map((row) => row()),
        ...{ moves, viewed },
      }
    },
  }
}

/** Its name is withheld, or was disposed of. */
const unnamed = (seq: number) => ({ seq, name: undefined, sha256: undefined })

const isStanding = (state: IncidentState, { clock, seq }: Pick<Row.ProofRow, 'clock' | 'seq'>): boolean =>
  state.notifications[clock]?.proved?.all.some((proof) => proof.seq === seq) ?? false

function custodyRow(kind: string, { late, say, who, data }: Read): () => Row.CustodyRow {
  const {
    custodian,
    to,
    person: named,
  } = data as Readonly<Partial<Record<'custodian' | 'to' | 'person', string | null>>>
  const person = kind.startsWith('export.') ? null : (to ?? custodian ?? named)
  const receives = person ? who(person) : undefined
  const [by, words, place] = [late(), say('body', 'what', 'basis', 'reason', 'why'), say('place')]
  /** Whoever keeps it and is not in chat is named in words. */
  const keeper = say('keeper')
  return () => {
    const stranger = keeper()
    const keeps = receives?.() ?? (stranger === null ? null : outside(stranger))
    return { ...by(), kind, data, words: words(), place: place(), to: keeps }
  }
}
