/** The form of each step of a notification; without a step, which notification and what is done with it. */
import type { IncidentState } from '../domain/incident.ts'
import { type IncidentClock, incidentClocks } from '../domain/incident-clocks.ts'
import { mannerFromWords, manners, notificationRule } from '../domain/notification-rules.ts'
import { notificationOf, notificationOwner } from '../domain/notifications.ts'
import { MOST_FILES } from '../domain/proof.ts'
import { isRefusal } from '../domain/refusal.ts'
import { parseWhen } from '../domain/when.ts'
import type { Field, Form, Line } from '../views/card.ts'
import { clockState, owedWords, targetWords } from '../views/clock-words.ts'
import { person, upperFirst } from '../views/scene.ts'
import type { Context } from './command.ts'
import { seen } from './here.ts'
import { notifiable, whichNotification } from './notify-which.ts'
import { type NotifyStep, notifySteps, stepFromWords, type TypedNotify, typedNotify } from './notify-words.ts'
import { sceneOf } from './overview.ts'
import { personField, reasonField } from './role-words.ts'

type Drawn = Omit<Form, 'verb' | 'nonce' | 'incident'>

const titles: Readonly<Record<NotifyStep, string>> = {
  own: 'Owner of a notification',
  target: 'Target of a notice',
  draft: 'Record the draft',
  approve: 'Approve the draft',
  sent: 'Record what was sent',
  proof: 'Attach the proof',
  withdraw: 'Take back a step',
}

export function notifyForm(context: Context, prefill: Readonly<Record<string, string>>): Drawn {
  const typed = typedNotify(prefill.words ?? '', context.actor)
  const state = seen(context)
  const step = stepFromWords(typed.step)
  const found = state ? whichNotification(typed.clock, step, state, context) : undefined
  const clock = found && !isRefusal(found) ? found : undefined
  return {
    title: step ? titles[step] : 'A notification',
    submit: step === 'approve' ? 'Approve' : 'Record',
    intro: clock && state ? introOf(clock, step, context) : [],
    fields: [
      ...(clock ? [] : [clockField(context)]),
      ...(step ? fieldsOf[step](typed, clock, context) : [stepField]),
    ],
    carry: {
      ...(clock ? { clock: asTyped(typed, clock) } : {}),
      ...(step ? { step } : {}),
    },
  }
}

/** "hhs" stays "hhs": which of its two reports it was is asked where it matters. */
const asTyped = ({ clock }: TypedNotify, { short }: IncidentClock): string =>
  clock && /^(hhs|ocr)$/i.test(clock) ? clock : short

function introOf(clock: IncidentClock, step: NotifyStep | undefined, context: Context): readonly Line[] {
  const state = seen(context)
  if (!state) return []
  const scene = sceneOf(context, state)
  const rule = notificationRule(clock.id)
  return [
    `${upperFirst(clock.label)} · ${owedWords(scene, clock)}${targetWords(clock)}`,
    ['State: ', ...clockState(state, clock, context.at), '.'],
    ...(step === 'approve'
      ? [draftLine(state, clock, context), 'Tick each content once you found it there.']
      : []),
    ...(step === 'approve' && rule.citation ? [rule.citation] : []),
  ]
}

/** The draft is sealed, and a form opens without a look at the record: it says where the words are. */
function draftLine(state: IncidentState, { id, short }: IncidentClock, { word }: Context): Line {
  const { drafted } = notificationOf(state, id)
  if (!drafted) return 'There is no draft on the record yet.'
  return [
    'Read the draft first: ',
    { code: `${word} notify ${short}` },
    ` shows it (entry ${drafted.seq}, by `,
    person(drafted.by),
    ').',
  ]
}

function clockField(context: Context): Field {
  const state = seen(context)
  const open = state ? notifiable(state, context.at) : []
  const clocks = open.length > 0 || !state ? open : incidentClocks(state, context.at)
  return {
    kind: 'choice',
    name: 'clock',
    label: 'Which notification',
    options: clocks.map(({ short, label }) => ({ value: short, label: upperFirst(label) })),
  }
}

const stepField: Field = {
  kind: 'choice',
  name: 'step',
  label: 'What is done with it',
  options: notifySteps.map(({ id, label }) => ({ value: id, label })),
}

const words = (label: string, hint: string, initial: string | undefined, optional = false): Field => ({
  kind: 'long-text',
  name: 'words',
  label,
  hint,
  maxLength: 3000,
  ...(optional ? { optional } : {}),
  ...(initial ? { initial } : {}),
})

/** One, the other, or both. */
const proofFiles: Field = {
  kind: 'files',
  name: 'files',
  label: 'Proof as files',
  hint: `Receipt, scan or screenshot: up to ${MOST_FILES}, 10 MB each. They are kept sealed on the record.`,
  optional: true,
  max: MOST_FILES,
  instead: 'post the file in the room and paste the link to that message above, or its entry (entry 212).',
}

const day = (label: string, typed: string | undefined, tense: 'past' | 'future', context: Context): Field => {
  const zone = context.state?.organisation.zone
  const when = typed && zone ? parseWhen(typed, { now: context.at, zone, tense }) : undefined
  return {
    kind: 'date',
    name: 'day',
    label,
    ...(when && when.kind !== 'refused' ? { initial: when.date } : {}),
  }
}

/** Where hours count, the day alone does not tell whether it was in time. */
function instant(label: string, typed: string | undefined, context: Context): Field {
  const zone = context.state?.organisation.zone
  const when = typed && zone ? parseWhen(typed, { now: context.at, zone, tense: 'past' }) : undefined
  const initial = when?.kind === 'instant' ? when.at : context.at.toISOString()
  return { kind: 'instant', name: 'day', label, initial }
}

const fieldsOf: Readonly<
  Record<
    NotifyStep,
    (typed: TypedNotify, clock: IncidentClock | undefined, context: Context) => readonly Field[]
  >
> = {
  own: ({ person }, clock, context) => {
    const { state, organisation } = context
    const owner = state && clock ? notificationOwner(state, clock.id, organisation.roster) : undefined
    return [personField('Who owns it', person ?? owner), reasonField()]
  },
  target: ({ day: typed }, _clock, context) => [
    day('To be sent by', typed, 'future', context),
    reasonField(),
  ],
  draft: ({ words: typed }) => [
    words('The draft', 'A link, where it lies, or its words. No patient names.', typed),
  ],
  approve: ({ contents }, clock) => {
    const rule = clock && notificationRule(clock.id)
    return [
      {
        kind: 'switches',
        name: 'contents',
        label: 'The draft says',
        options: (rule?.contents ?? []).map(({ id, label }) => ({ value: id, label: `(${id}) ${label}` })),
        ...(contents ? { initial: contents } : {}),
      },
    ]
  },
  sent: ({ day: on, count, manner, words: proof }, clock, context) => {
    const toPeople = clock ? notificationRule(clock.id).toPeople : false
    const said = manner && mannerFromWords(manner)
    return [
      clock?.dueAt ? instant('Sent on', on, context) : day('Sent on', on, 'past', context),
      {
        kind: 'number',
        name: 'count',
        label: toPeople ? 'To how many people' : 'To how many',
        ...(toPeople ? {} : { optional: true }),
        ...(count ? { initial: Number(count) } : {}),
      },
      {
        kind: 'choice',
        name: 'manner',
        label: 'By what manner',
        options: manners.map(({ id, label }) => ({ value: id, label: upperFirst(label) })),
        ...(said ? { initial: said } : {}),
      },
      words('Proof', 'A link, an entry, or what it is. It may follow later.', proof, true),
      proofFiles,
    ]
  },
  proof: ({ words: typed }) => [
    words('Proof', 'A link, an entry, or what it is. No patient names.', typed, true),
    proofFiles,
  ],
  withdraw: ({ reason }) => [reasonField(reason, { label: 'Why it is taken back', required: true })],
}
