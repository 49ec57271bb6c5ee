// The kinds of incident: what a person calls one, and which words in a sentence point to it. A kind decides which
// checklist items apply; it is never a finding, and `fact kind` corrects it.
export const kinds = [
  {
    id: 'lost-device',
    label: 'lost or stolen device',
    aliases:
      'laptop|notebook|phone|iphone|smartphone|mobile|tablet|ipad|computer|workstation|hard drive|hard disk|external drive|thumb drive|flash drive|memory stick|usb|usb stick|usb drive|backup tape|pager|device|lost device|stolen device|stolen|theft|stole|burglary|break-in|lost|missing|mislaid|left behind|left on the train',
  },
  {
    id: 'misdirected-disclosure',
    label: 'misdirected disclosure',
    aliases:
      'misdirected|misdirected disclosure|misdirected email|misdirected e-mail|misdirected fax|misdirected mail|wrong fax|wrong number|wrong fax number|faxed to the wrong|wrong patient|wrong person|wrong recipient|wrong recipients|wrong address|wrong email|wrong e-mail|wrong envelope|wrong chart|wrong portal|mailed to|emailed to|e-mailed to|faxed to|sent to the wrong|sent to wrong|misfiled|mismailed|misfaxed|mis-sent|reply all|reply-all|cc instead of bcc|posted online|posted by mistake|fax|disclosed',
  },
  {
    id: 'snooping',
    label: 'snooping',
    aliases:
      'snooping|snooped|snoop|curious|curiosity|looked at chart|looked at the chart|looked at a chart|looked up|looked into|peeked|peeking|browsed|browsing records|opened the chart|opened a chart|opened his chart|opened her chart|viewed the chart|viewed a chart|accessed the chart|without a reason|without reason|no reason to|not her patient|not his patient|not their patient|unauthorised access|unauthorized access|employee access|vip record|vip chart',
  },
  {
    id: 'malware',
    label: 'malware or ransomware',
    aliases:
      'malware|ransomware|ransom|ransom note|phishing|phished|phish|spear phishing|virus|worm|trojan|spyware|keylogger|botnet|encrypted files|files encrypted|files are encrypted|locked files|files are locked|hacked|hacker|hackers|hacking|intrusion|intruder|backdoor|compromised account|account compromised|compromised mailbox|compromised server|credentials stolen|stolen credentials|stolen password|stolen passwords|cobalt strike|exfiltration|exfiltrated|data leak site|clicked a link|clicked on a link|bad link|malicious',
  },
  {
    id: 'vendor',
    label: 'vendor',
    aliases:
      'vendor|vendors|business associate|business associates|third party|third-party|supplier|subcontractor|contractor|clearinghouse|billing company|hosting company|cloud provider|service provider|transcription service|vendor breach|vendor notice|breach notice from|ehr vendor|their breach|mail house',
  },
  { id: 'other', label: 'other', aliases: '' },
] as const

export type IncidentKind = (typeof kinds)[number]['id']

const escaped = (alias: string) => alias.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/ /g, '\\s+')

const matchers = kinds.flatMap(({ id, aliases }) =>
  aliases
    .split('|')
    .filter(Boolean)
    .map((alias) => ({
      id,
      length: alias.length,
      at: new RegExp(`(?<![\\p{L}\\p{N}])${escaped(alias)}(?![\\p{L}\\p{N}])`, 'iu'),
    })),
)

export const isKind = (text: string): text is IncidentKind => kinds.some((kind) => kind.id === text)
export const kindLabel = (id: IncidentKind): string => kinds.find((kind) => kind.id === id)!.label

/** The longest alias found as whole words wins, then the one that comes first in the sentence; none means other. */
export const kindFromWords = (text: string): IncidentKind => {
  const exact = text.trim().toLowerCase()
  const named = kinds.find(({ id, label }) => id === exact || label === exact)
  if (named) return named.id
  const found = matchers
    .map((matcher) => ({ ...matcher, index: text.search(matcher.at) }))
    .filter(({ index }) => index >= 0)
    .sort((a, b) => b.length - a.length || a.index - b.index)
  return found[0]?.id ?? 'other'
}
