/** The breach risk assessment in the report: every answer and signature in the order they were given, and what holds. */
import { concluded, conclusionLabel, partLabel } from '../../domain/assessment.ts'
import type { AssessmentRow, Report } from '../../domain/report/report.ts'
import { answerLabel } from '../assessment.ts'
import { type Block, heading, table, text } from './block.ts'
import { momentWords, whoWords, wordsOr } from './words.ts'

const saidWords = ({ part, said, isConfirmation, evidence }: AssessmentRow): string => {
  if (part === null) return `${isConfirmation ? 'Confirmed' : 'Signed'}: ${conclusionLabel(said as never)}`
  const entries = evidence.length > 0 ? ` (entries ${evidence.join(', ')})` : ''
  return `${answerLabel(said)}${entries}`
}

export function assessmentPart(report: Report): readonly Block[] {
  const { assessment } = report.state
  const conclusion = concluded(assessment)
  return [
    heading(2, 'Breach risk assessment'),
    text(
      conclusion
        ? `It concludes: ${conclusionLabel(conclusion)} (45 CFR 164.402).`
        : 'Nothing else being signed and confirmed, it is presumed a breach (45 CFR 164.402(2)).',
    ),
    table(
      'Answers and signatures in the order they were given',
      [
        ['Part', 5],
        ['Answer', 5],
        ['Why', 7],
        ['By', 4],
        ['When', 4],
      ],
      report.assessment.map((row) => [
        row.part === null ? '' : partLabel(row.part),
        saidWords(row),
        wordsOr(row.why),
        whoWords(row.by),
        momentWords(report, row.at),
      ]),
      'Nothing was answered.',
    ),
  ]
}
