/**
 * Tables and HL7 messages, pasted or in a file: what a cell is stands at its column's head, or follows from its place. Each
 * cell of the first rows becomes a short sentence, `ssn: 078051120`, which the rules then read. Bounded rows, cells, lengths.
 */

const ROWS = 10
const CELLS = 40
const CELL_LENGTH = 60
const LINE_LENGTH = 4000

export function tableSentences(text: string): readonly string[] {
  return [...columnSentences(text.slice(0, (ROWS + 1) * LINE_LENGTH)), ...patientSentences(text)]
}

function columnSentences(text: string): readonly string[] {
  const [head = '', ...rows] = text
    .split(/\r?\n|\r/, ROWS + 1)
    .map((line) => line.slice(0, LINE_LENGTH))
    .filter((line) => line !== '')
  const delimiter = [',', '\t', ';', '|'].find((each) => head.includes(each))
  if (!delimiter) return []
  const names = cellsOf(head, delimiter).map(asWords)
  return rows.flatMap((row) =>
    cellsOf(row, delimiter).flatMap((cell, at) => {
      const name = names[at]
      return name && /\d/.test(cell) ? [`${name}: ${cell}`] : []
    }),
  )
}

const cellsOf = (line: string, delimiter: string): readonly string[] =>
  line.split(delimiter, CELLS).map((cell) => cell.slice(0, CELL_LENGTH).replace(/["']/g, '').trim())

/** `date_of_birth`, `birthDate` and `PatientMRN` as they would be said. */
const asWords = (name: string): string => name.replace(/[_.]/g, ' ').replace(/(?<=\p{Ll})(?=\p{Lu})/gu, ' ')

/** HL7 v2: the segment of the patient, whose fields have numbers. */
const PATIENT = [
  [3, 'MRN'],
  [7, 'DOB'],
  [19, 'SSN'],
] as const

function patientSentences(text: string): readonly string[] {
  const at = /(?:^|[\r\n])PID\|/.exec(text)
  if (!at) return []
  const fields = text
    .slice(at.index, at.index + LINE_LENGTH)
    .trimStart()
    .split(/[\r\n]/, 1)[0]!
    .split('|', CELLS)
  return PATIENT.flatMap(([place, name]) => {
    const [value = ''] = (fields[place] ?? '').slice(0, CELL_LENGTH).split('^')
    return value === '' ? [] : [`${name}: ${name === 'DOB' ? value.slice(0, 8) : value}`]
  })
}
