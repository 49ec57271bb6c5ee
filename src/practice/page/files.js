// Files of a form: a native chooser that uploads at once, and what was chosen in words, each to be taken back.

import { act } from './api.js'
import { h, replace } from './dom.js'
import { toast } from './toast.js'

export const base64Of = (file) =>
  new Promise((resolve, reject) => {
    const reader = new FileReader()
    reader.onload = () => resolve(String(reader.result).replace(/^data:[^,]*,/, ''))
    reader.onerror = () => reject(reader.error)
    reader.readAsDataURL(file)
  })

export const sizeWords = (bytes) =>
  bytes < 1024
    ? `${bytes} bytes`
    : bytes < 1_048_576
      ? `${Math.round(bytes / 1024)} KB`
      : `${(bytes / 1_048_576).toFixed(1)} MB`

/** A form that is drawn anew knows its files by id only. */
const chosen = new Map()

export const filePick = (element, { id, key, value, aria, commit }) => {
  const most = element.max_files ?? 10
  let ids = [...(value ?? [])]
  const list = h('ul.picked-files', { 'data-testid': 'picked-files' })
  const set = (next) => {
    ids = next
    commit(ids)
    draw()
  }
  const row = (file) => {
    const { name, size } = chosen.get(file) ?? { name: 'A file', size: 0 }
    return h(
      'li',
      null,
      h('span', null, name),
      h('span.hint', null, ` ${sizeWords(size)} `),
      h(
        'button.button',
        {
          type: 'button',
          'aria-label': `Take back ${name}`,
          onclick: () => {
            set(ids.filter((each) => each !== file))
            input.focus()
          },
        },
        'Take back',
      ),
    )
  }
  const draw = () => replace(list, ids.map(row))
  const upload = async (files) => {
    for (const file of files) {
      if (ids.length >= most) return toast('error', `This form takes at most ${most} files.`)
      const answer = await act({ do: 'attach', name: file.name, base64: await base64Of(file) })
      if (!answer.ok) continue
      chosen.set(answer.file, { name: file.name, size: file.size })
      set([...ids, answer.file])
    }
  }
  const input = h('input.field', {
    type: 'file',
    id,
    multiple: most > 1,
    accept: element.filetypes?.map((type) => `.${type}`).join(','),
    'data-focus': key,
    ...aria,
    onchange: async (event) => {
      const node = event.currentTarget
      await upload([...node.files])
      node.value = ''
    },
  })
  draw()
  return h('div.file-pick', null, input, list)
}
