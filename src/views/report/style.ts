/** How the page looks: on a phone, on a desk, on paper. Colour is never the only carrier of anything. */
export const style = `
:root { color-scheme: light; --ink: #1b2430; --quiet: #56606e; --line: #d5dae1; --band: #f3f6f9; --mark: #17406d; }
* { box-sizing: border-box; }
body { margin: 0; background: #fff; color: var(--ink); font: 16px/1.5 "Noto Sans", "Segoe UI", system-ui, -apple-system, "Helvetica Neue", Arial, sans-serif; }
main { max-width: 1080px; margin: 0 auto; padding: 24px 20px 64px; }
h1, h2, h3 { text-wrap: balance; }
h1 { font-size: 1.9rem; line-height: 1.2; margin: 0 0 12px; }
h2 { font-size: 1.35rem; line-height: 1.3; margin: 48px 0 12px; padding-top: 12px; border-top: 2px solid var(--ink); }
h3 { font-size: 1.05rem; margin: 28px 0 8px; }
p { margin: 0 0 12px; max-width: 75ch; }
p.lead { font-size: 1.15rem; }
p.quiet { color: var(--quiet); }
p.mark { border: 2px solid var(--ink); border-left-width: 10px; padding: 10px 14px; font-weight: bold; max-width: none; }
nav { margin: 20px 0 0; }
nav ol { margin: 0 0 16px; padding-left: 1.4em; columns: 2; max-width: 60ch; }
a { color: var(--mark); }
dl { margin: 0; border-top: 1px solid var(--line); }
dl > div { display: grid; grid-template-columns: 13em 1fr; gap: 4px 16px; padding: 6px 0; border-bottom: 1px solid var(--line); }
dt { color: var(--quiet); }
dd { margin: 0; overflow-wrap: anywhere; unicode-bidi: isolate; }
table { width: 100%; border-collapse: collapse; margin: 0 0 20px; font-size: 0.9rem; line-height: 1.4; }
caption { text-align: left; color: var(--quiet); padding: 0 0 6px; }
th, td { text-align: left; vertical-align: top; padding: 7px 10px 7px 0; border-bottom: 1px solid var(--line); overflow-wrap: anywhere; unicode-bidi: isolate; }
thead th { border-bottom: 2px solid var(--ink); overflow-wrap: normal; }
tbody th { font-weight: 600; overflow-wrap: break-word; }
figure { margin: 0 0 16px; }
.scroll { overflow-x: auto; border: 1px solid var(--line); padding: 8px; }
.scroll:focus-visible, a:focus-visible, summary:focus-visible { outline: 3px solid var(--mark); outline-offset: 2px; }
svg { display: block; width: 100%; min-width: 760px; height: auto; font-family: inherit; }
summary { cursor: pointer; padding: 8px 0; }
@media (max-width: 720px) {
  main { padding: 16px 14px 48px; }
  h1 { font-size: 1.5rem; }
  nav ol { columns: 1; }
  dl > div { grid-template-columns: 1fr; }
  thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  table, caption, tbody, tr, th, td { display: block; }
  tbody tr { border: 1px solid var(--line); border-left: 4px solid var(--mark); padding: 6px 12px; margin: 0 0 10px; }
  tbody th, tbody td { border: 0; padding: 3px 0; }
  td::before { content: attr(data-label) " "; display: block; color: var(--quiet); font-size: 0.8rem; }
  td.none { display: none; }
}
@media print {
  @page { margin: 16mm 14mm; }
  html { font-size: 9.5pt; }
  body { font-size: 1rem; }
  main { max-width: none; padding: 0; }
  nav, details { display: none; }
  .scroll { overflow: visible; border: 0; padding: 0; }
  svg { min-width: 0; }
  h2, h3, caption { break-after: avoid; }
  tr, dl > div, figure { break-inside: avoid; }
  thead { display: table-header-group; }
}
`
