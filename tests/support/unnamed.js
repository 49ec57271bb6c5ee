// Read into the page by tests/support/browser.ts: controls without a name, pictures without words, ids used twice.
;(() => {
  const wordsOf = (node) => (node?.textContent ?? '').trim()
  const referred = (node) =>
    (node.getAttribute('aria-labelledby') ?? '')
      .split(/\s+/)
      .map((id) => wordsOf(document.getElementById(id)))
      .join(' ')
      .trim()
  const labels = (node) => [...(node.labels ?? [])].map(wordsOf).join(' ').trim()
  const nameOf = (node) =>
    node.getAttribute('aria-label')?.trim() ||
    referred(node) ||
    labels(node) ||
    (/^(INPUT|TEXTAREA|SELECT)$/.test(node.tagName) ? '' : wordsOf(node)) ||
    node.getAttribute('title')?.trim()
  const shown = (node) => node.getClientRects().length > 0
  const controls =
    'button, a[href], input:not([type=hidden]), select, textarea, summary, [role=button], [role=dialog], dialog, nav'
  const nameless = [...document.querySelectorAll(controls)].filter((node) => shown(node) && !nameOf(node))
  const pictures = [...document.querySelectorAll('img')].filter((node) => !node.hasAttribute('alt'))
  const ids = [...document.querySelectorAll('[id]')].map((node) => node.id)
  const twice = ids.filter((id, index) => ids.indexOf(id) !== index)
  const headings = [...document.querySelectorAll('h1')].filter(shown).length
  return [
    ...[...nameless, ...pictures].map((node) => node.outerHTML.slice(0, 120)),
    ...twice.map((id) => `#${id} twice`),
    ...(headings === 1 ? [] : [`${headings} first-level headings`]),
    ...(document.documentElement.lang ? [] : ['no language']),
  ]
})()
