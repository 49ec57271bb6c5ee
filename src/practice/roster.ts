/** Who holds what at the practice hospital. The numbers are from the range kept for fiction. */
import type { Role } from '../domain/roles.ts'

export const practiceRoster: readonly { role: Role; holder: string; deputy?: string; phone: string }[] = [
  { role: 'commander', holder: 'U0PRIYANAIR', deputy: 'U0LEECHAN00', phone: '555-0110' },
  { role: 'privacy-officer', holder: 'U0DANAREYES', deputy: 'U0MARIALOPZ', phone: '555-0101' },
  { role: 'security-officer', holder: 'U0PRIYANAIR', phone: '555-0110' },
  { role: 'remediation-lead', holder: 'U0LEECHAN00', phone: '555-0112' },
  { role: 'clinical-lead', holder: 'U0JOPARK000', phone: '555-0115' },
  { role: 'communications-lead', holder: 'U0ANASILVA0', phone: '555-0116' },
  { role: 'counsel', holder: 'U0MARIALOPZ', phone: '555-0103' },
  { role: 'sponsor', holder: 'U0TOMBECKER', phone: '555-0104' },
]
