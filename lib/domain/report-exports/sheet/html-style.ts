/** The look of a report as an HTML file: system fonts, light and dark, and sheets of paper. It asks for nothing outside of the file. */
export const htmlStyle = `
:root { color-scheme: light dark; --ink: #1d1b18; --ink-2: #57524a; --line: #d9d4c9; --paper: #fdfcf9; --soft: #f3f0e8;
  --sourced: #17663c; --unsourced: #8a5a00; --contradicted: #a3262a; --mark: #f9dcd9 }
@media (prefers-color-scheme: dark) { :root { --ink: #ece8e0; --ink-2: #b5aea2; --line: #45413a; --paper: #1b1a17; --soft: #26241f;
  --sourced: #6cc795; --unsourced: #e0ab4f; --contradicted: #f08c88; --mark: #5a2523 } }
* { box-sizing: border-box }
body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; overflow-wrap: anywhere }
main { max-width: 60rem; margin: 0 auto; padding: 2rem 1rem }
h1, h2, h3, blockquote, .headline { font-family: Georgia, 'Times New Roman', serif }
h1 { font-size: 2rem; line-height: 1.2; margin: 1.5rem 0 .5rem } h2 { font-size: 1.35rem; margin: 2.5rem 0 .5rem } h3 { font-size: 1.05rem; margin: 1.5rem 0 .3rem }
header { border-bottom: 2px solid; padding-bottom: .5rem } header p, .quiet { color: var(--ink-2); margin: .2rem 0; font-size: .9rem }
header b { color: var(--ink); font-size: 1.1rem } .headline { font-size: 1.25rem; max-width: 46rem }
.counts { display: flex; flex-wrap: wrap; gap: .3rem 1.6rem; padding: 0; list-style: none }
[data-rating=sourced] { --rating: var(--sourced) } [data-rating=unsourced] { --rating: var(--unsourced) } [data-rating=contradicted] { --rating: var(--contradicted) }
svg.tick { width: 8px; height: 24px; fill: none; stroke: var(--rating); vertical-align: middle; margin: 1px 2px }
.notice { border-inline-start: 3px solid var(--unsourced); padding-inline-start: .8rem }
.picture { display: grid; grid-template-columns: minmax(8rem, 15rem) 1fr; gap: .4rem 1.5rem; border-top: 1px solid var(--line); padding: .4rem 0 }
.picture p { margin: 0 } .picture a { text-decoration: none }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; font-size: .9rem }
th, td { border-bottom: 1px solid var(--line); padding: .4rem .6rem; text-align: start; vertical-align: top } .wide { overflow-x: auto }
.bar { position: relative; display: block; height: .7rem; min-width: 8rem; background: linear-gradient(var(--line), var(--line)) 0 50% / 100% 1px no-repeat }
.bar i { position: absolute; top: 0; bottom: 0; background: var(--rating); opacity: .45 } .bar b { position: absolute; top: -2px; bottom: -2px; width: 2px; background: var(--rating) }
.claims { list-style: none; padding: 0; margin: 0 } .claims > li { border-bottom: 1px solid var(--line); padding: .9rem 0 } .claims > li:target { background: var(--soft) }
.beside { display: grid; grid-template-columns: 1fr 1fr; gap: .5rem 2.5rem } .beside > * { min-width: 0 }
blockquote { margin: 0; font-size: 1.1rem } mark { background: var(--mark); color: inherit; font-weight: 600; text-decoration: underline 2px var(--contradicted) }
.over { font-size: .7rem; letter-spacing: .06em; text-transform: uppercase; color: var(--ink-2); margin: 0 0 .2rem }
.box { background: var(--soft); border-radius: .5rem; padding: 1rem 1.25rem; margin-top: 2.5rem } .box h2 { margin-top: 0 }
.said { white-space: pre-line; border-inline-start: 2px solid var(--line); padding-inline-start: .8rem } .hash { font: .75rem ui-monospace, monospace }
@media (max-width: 40rem) { .beside, .picture { grid-template-columns: 1fr } }
@media print { :root { color-scheme: light; --ink: #000; --ink-2: #444; --line: #bbb; --paper: #fff; --soft: #fff; --sourced: #17663c; --unsourced: #8a5a00; --contradicted: #a3262a; --mark: #f9dcd9 }
  body { font-size: 10pt } main { max-width: none; padding: 0 } h2, h3 { break-after: avoid } .box, .claims > li > .quiet, tr { break-inside: avoid } .box { border: 1px solid var(--line) }
  * { print-color-adjust: exact } a { color: inherit } .method { break-before: page } blockquote { font-size: 10.5pt } .claims > li { padding: .5rem 0 } }
`
