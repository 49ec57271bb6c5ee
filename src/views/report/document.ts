/** The report of one incident as blocks, in the order people read it. */
import type { Report } from '../../domain/report/report.ts'
import { assessmentPart } from './assessment.ts'
import { type Block, heading } from './block.ts'
import { clocksPart, noticesPart } from './clocks.ts'
import { cover } from './cover.ts'
import { checklistPart, decisionsPart, notesPart } from './doing.ts'
import { phasesPart, rolesPart } from './people.ts'
import { eventsTable } from './picture/events.ts'
import { pictureOf } from './picture/picture.ts'
import { coveragePart, custodyPart, proofPart } from './proof.ts'

const parts: readonly ((report: Report) => readonly Block[])[] = [
  cover,
  picturePart,
  decisionsPart,
  assessmentPart,
  clocksPart,
  phasesPart,
  rolesPart,
  checklistPart,
  noticesPart,
  notesPart,
  coveragePart,
  custodyPart,
  proofPart,
]

export const documentOf = (report: Report): readonly Block[] => parts.flatMap((part) => part(report))

function picturePart(report: Report): readonly Block[] {
  return [
    heading(2, 'The incident in one picture'),
    { kind: 'picture', picture: pictureOf(report), alternative: eventsTable(report) },
  ]
}
