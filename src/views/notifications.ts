/** The notifications of one incident: each with its owner, how far it is, its target and last day, and the next step. */
import type { IncidentState } from '../domain/incident.ts'
import type { IncidentClock } from '../domain/incident-clocks.ts'
import { mannerLabel } from '../domain/notification-rules.ts'
import { notificationOf, type Stage, stageOf } from '../domain/notifications.ts'
import { proofFiles, proofFileWords } from '../domain/proof-files.ts'
import type { Block, Button, Card, Line } from './card.ts'
import {
  cite,
  clockState,
  clocksOf,
  ifSo,
  metWords,
  owedWords,
  ownerSpan,
  targetWords,
} from './clock-words.ts'
import {
  about,
  act,
  buttons,
  form,
  lines,
  nameOf,
  type OpenScene,
  person,
  quiet,
  type Scene,
  upperFirst,
} from './scene.ts'
import { sealedLine } from './sealed.ts'

/** Owed or sent; one that only may be owed is opened once it is. */
const opened = (scene: Pick<Scene, 'state' | 'now'>): readonly IncidentClock[] =>
  clocksOf(scene).filter(({ status }) => status === 'running' || status === 'met')

const entries = (all: readonly { readonly seq: number }[]): string =>
  `${all.length === 1 ? 'entry' : 'entries'} ${all.map(({ seq }) => seq).join(', ')}`

export const beingFetched = (files: number): string =>
  files === 1
    ? '○ A file is being fetched: it is proof once it is on the record. If it cannot be kept, whoever gave it is told privately.'
    : `○ ${files} files are being fetched: each is proof once it is on the record. If one cannot be kept, whoever gave it is told privately.`

/** Owner and state, and what was said of the sending. */
export function notificationLines(
  scene: Pick<Scene, 'state' | 'organisation' | 'now'>,
  clock: IncidentClock,
): readonly Line[] {
  const { state } = scene
  const { approved, sent, proved, given } = notificationOf(state, clock.id)
  const said: Line[] = [
    ['Owner ', ownerSpan(scene, clock.id), '. State: ', ...clockState(state, clock, scene.now), '.'],
  ]
  if (approved && !state.notified[clock.id])
    said.push(['Approved by ', person(approved.by), approved.alone ? ', who drafted it too.' : '.'])
  if (sent && state.notified[clock.id])
    said.push(`${sent.count === null ? 'Sent' : `To ${sent.count}`} by ${mannerLabel(sent.manner)}.`)
  if (proved) said.push(`Proof: ${entries(proved.all)}.`)
  if (given.length > 0) said.push(beingFetched(given.length))
  return said
}

const next: Readonly<Record<Stage, readonly (readonly [label: string, step: string])[]>> = {
  'to do': [
    ['Record the draft', 'draft'],
    ['Change the owner', 'own'],
  ],
  drafted: [
    ['Approve…', 'approve'],
    ['Record another draft', 'draft'],
  ],
  approved: [['Mark sent…', 'sent']],
  sent: [['Attach the proof', 'proof']],
  'proof attached': [],
}

export const nextStepButtons = (state: IncidentState, clock: IncidentClock): readonly Button[] =>
  next[stageOf(state, clock.id)].map(([label, step]) => form(state, label, `notify ${clock.short} ${step}`))

/** What was drafted and what proves it, in the words on the record: whoever approves reads the draft first. */
function wordsOf({ state, text }: OpenScene, { id }: IncidentClock): Line[] {
  const { drafted, proved } = notificationOf(state, id)
  const said = (step: Step, label: string, words: string): Line => [
    { bold: label },
    ` (entry ${step.seq}, by `,
    person(step.by),
    `): ${words}`,
  ]
  const gone = '(the words are no longer kept)'
  return [
    ...(drafted ? [said(drafted, 'Draft', sealedLine(text(drafted.seq), 'draft', 1200) ?? gone)] : []),
    ...(proved?.all ?? []).flatMap((step): Line[] => {
      const words = sealedLine(text(step.seq), 'proof', 1200)
      const files = proofFiles(text(step.seq))
      return [
        ...(words || files.length === 0 ? [said(step, 'Proof', words ?? gone)] : []),
        ...files.map((file) => said(step, 'Proof', proofFileWords(file))),
      ]
    }),
  ]
}

type Step = NonNullable<ReturnType<typeof notificationOf>['drafted']>

/** Entries whose words the card of one notification shows. */
export const notificationSeqs = (state: IncidentState, clock: IncidentClock): readonly number[] => {
  const { drafted, proved } = notificationOf(state, clock.id)
  return [...(drafted ? [drafted] : []), ...(proved?.all ?? [])].map(({ seq }) => seq)
}

function block(scene: OpenScene, clock: IncidentClock, isOnly: boolean): readonly Block[] {
  const when = clock.status === 'met' ? metWords(clock) : `${owedWords(scene, clock)}${targetWords(clock)}`
  const body = lines([
    [{ bold: `${upperFirst(clock.label)}${ifSo(clock)}` }, `  ${when} · ${cite(clock)}`],
    ...notificationLines(scene, clock),
    ...(isOnly ? wordsOf(scene, clock) : []),
  ])
  const steps = nextStepButtons(scene.state, clock)
  const target =
    clock.status === 'met' || clock.atOnce
      ? []
      : [form(scene.state, 'Set the target', `notify ${clock.short} target`)]
  return isOnly
    ? [body, ...buttons(...steps, ...target)]
    : [{ ...body, ...(steps[0] ? { button: steps[0] } : {}) } as Block]
}

const shown = 8

export function notificationsCard(scene: OpenScene, only?: string): Card {
  const { state } = scene
  const all = opened(scene)
  const asked = only ? clocksOf(scene).filter(({ id }) => id === only) : all
  const left = all.filter((clock) => clock.status === 'running').length
  const discovered = state.facts.discovered
  return about(state, `${left} still to be sent`, [
    lines([
      [{ bold: `Notifications of ${nameOf(state)}` }, `  ${all.length - left} of ${all.length} sent`],
      ...(discovered && all.length === 0 ? ['No notification is owed on the facts so far.'] : []),
    ]),
    ...asked.slice(0, shown).flatMap((clock) => block(scene, clock, only !== undefined)),
    ...(asked.length > shown ? [quiet(`${asked.length - shown} more: ${scene.word} notify <clock>`)] : []),
    ...buttons(act(state, 'Clocks', 'clocks'), ...(only ? [act(state, 'All notifications', 'notify')] : [])),
  ])
}
