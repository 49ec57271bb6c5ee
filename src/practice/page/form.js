// What a person has put into the elements of one surface (a message, the Home, a modal), by block id and action id.
// It outlives redraws: an updated view keeps what was typed as long as block and action keep their ids.

/** @typedef {import('../page-api.ts').Picked} Picked */

export const makeForm = () => {
  const values = new Map()
  const key = (block, action) => `${block}\n${action}`
  return {
    has: (block, action) => values.has(key(block, action)),
    get: (block, action) => values.get(key(block, action))?.picked ?? null,
    set: (block, action, picked) => values.set(key(block, action), { block, action, picked }),
    /** Forgets what is no longer drawn. */
    keep: (drawn) => {
      for (const [id, { block, action }] of values) if (!drawn.has(key(block, action))) values.delete(id)
    },
    /** As the server takes it: `{block: {action: picked}}`. */
    all: () => {
      const out = {}
      for (const { block, action, picked } of values.values()) {
        out[block] ??= {}
        out[block][action] = picked
      }
      return out
    },
  }
}

const values = (options) => (options ?? []).map((option) => option.value)

const INITIAL = {
  plain_text_input: (e) => e.initial_value ?? '',
  rich_text_input: (e) => richInitial(e.initial_value),
  email_text_input: (e) => e.initial_value ?? '',
  url_text_input: (e) => e.initial_value ?? '',
  number_input: (e) => e.initial_value ?? '',
  static_select: (e) => e.initial_option?.value ?? null,
  external_select: (e) => e.initial_option?.value ?? null,
  users_select: (e) => e.initial_user ?? null,
  conversations_select: (e) => e.initial_conversation ?? null,
  channels_select: (e) => e.initial_channel ?? null,
  multi_static_select: (e) => values(e.initial_options),
  multi_external_select: (e) => values(e.initial_options),
  multi_users_select: (e) => e.initial_users ?? [],
  multi_conversations_select: (e) => e.initial_conversations ?? [],
  multi_channels_select: (e) => e.initial_channels ?? [],
  checkboxes: (e) => values(e.initial_options),
  radio_buttons: (e) => e.initial_option?.value ?? null,
  datepicker: (e) => e.initial_date ?? null,
  timepicker: (e) => e.initial_time ?? null,
  datetimepicker: (e) => e.initial_date_time ?? null,
  file_input: () => [],
}

const richInitial = (value) =>
  (value?.elements ?? [])
    .flatMap((s) => s.elements ?? [])
    .map((e) => e.text ?? '')
    .join('')

/** The value an element starts with; undefined for those that hold none (buttons, overflow). */
export const initialOf = (element) => INITIAL[element.type]?.(element)

export const isEmpty = (picked) =>
  picked === null ||
  picked === undefined ||
  (typeof picked === 'string' ? picked.trim() === '' : Array.isArray(picked) && picked.length === 0)
