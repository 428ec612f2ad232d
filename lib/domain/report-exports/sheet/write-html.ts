import { assessedRatings, type AssessedRating } from '../../reports/schema'
import type { ExportedReport } from '../exported-report'
import { cssString } from './css-string'
import { makeSheet } from './make-sheet'
import type { Sheet, SheetAddition, SheetClaim, SheetList, SheetPart, SheetPiece } from './sheet'

/** The styles of a report as an HTML file: system fonts, light and dark, and printed pages. They load nothing from outside the file. */
const htmlStyle = `
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

const signs: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

/** Escapes text for HTML elements and quoted attributes. Characters that HTML cannot represent become U+FFFD. */
function escape(text: string): string {
  return text
    .replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F\uFFFE\uFFFF]|\p{Surrogate}/gu, '\uFFFD')
    .replace(/[&<>"']/g, (sign) => signs[sign] ?? '')
}

/** Text with its own direction, so that it may run from right to left. */
const own = (text: string) => `<bdi>${escape(text)}</bdi>`
const paragraph = (text: string) => `<p dir="auto">${escape(text)}</p>`
const link = (address: string) =>
  /^https?:\/\//i.test(address)
    ? `<a href="${escape(address)}" rel="noreferrer nofollow" dir="ltr">${escape(address)}</a>`
    : escape(address)

const shapes: Record<AssessedRating, string> = {
  sourced: '<path d="M2 1V11" stroke-width="2"/>',
  unsourced: '<path d="M2 1V11" stroke-width="2" stroke-dasharray="4 2"/>',
  contradicted: '<path d="M1 1q3 1.25 0 2.5t0 2.5t0 2.5t0 2.5" stroke-width="1.7"/>',
}

/** The shapes of ticks, defined once: a large report has thousands of ticks, and each refers to its shape. */
const shapesOnce = `<svg width="0" height="0" style="position:absolute" aria-hidden="true">${assessedRatings
  .map((rating) => `<symbol id="tick-${rating}" viewBox="0 0 4 12" overflow="visible">${shapes[rating]}</symbol>`)
  .join('')}</svg>`

function tick(rating: AssessedRating): string {
  return `<svg class="tick" data-rating="${rating}" aria-hidden="true"><use href="#tick-${rating}"/></svg>`
}

function words(pieces: readonly SheetPiece[]): string {
  const shown = pieces.map(({ text, marked, is }) => {
    const level =
      is === 'plain' ? escape(text) : is === 'raised' ? `<sup>${escape(text)}</sup>` : `<sub>${escape(text)}</sub>`
    return marked ? `<mark>${level}</mark>` : level
  })
  return `<blockquote dir="auto">“${shown.join('')}”</blockquote>`
}

function addition({ says, address, text }: SheetAddition): string {
  const where = address === '' ? '' : ` (${link(address)})`
  return `<div class="said"><p class="quiet">${escape(says)}${where}:</p><p dir="auto">${escape(text)}</p></div>`
}

function evidenceOf({ head, evidence }: SheetClaim): string {
  const items = evidence.map(({ quotes, title, about, address, says }) => {
    const named = `<b>${own(title)}</b>${about === '' ? '' : `, ${own(about)}`}.`
    return `${quotes.map(words).join('')}<p class="quiet">${named} ${escape(says)}${address === null ? '' : ` ${link(address)}`}</p>`
  })
  const shown = items.length === 0 ? '<p class="quiet">No adequate evidence either way.</p>' : items.join('')
  return `<div><p class="over">${escape(head)}</p>${shown}</div>`
}

function claim(each: SheetClaim): string {
  const notes = each.notes.map((note) => ` ${own(note)}`).join('')
  return [
    `<li id="${escape(each.anchor)}"${each.rating === null ? '' : ` data-rating="${each.rating}"`}>`,
    `<div${each.beside ? ' class="beside"' : ''}><div><p class="over">The claim</p>${words(each.words)}<p class="quiet">${own(each.place)}</p></div>`,
    `${each.head === '' ? '' : evidenceOf(each)}</div>`,
    `<p class="quiet"><b>${escape(each.reason)}</b>${notes} ${escape(each.judged)}</p>`,
    each.additions.map(addition).join(''),
    '</li>',
  ].join('')
}

function list({ id, title, says, groups }: SheetList): string {
  const shown = groups.map((group) => {
    const head =
      group.title === null ? '' : `<h3>${own(group.title)} <small class="quiet">${escape(group.about)}</small></h3>`
    return `${head}<ol class="claims">${group.claims.map(claim).join('\n')}</ol>`
  })
  return `<section aria-labelledby="${id}"><h2 id="${id}">${escape(title)}</h2>${says === '' ? '' : paragraph(says)}${shown.join('\n')}</section>`
}

function table({ header, rows }: { header: readonly string[]; rows: readonly (readonly string[])[] }): string {
  const head = header.map((cell) => `<th scope="col">${escape(cell)}</th>`).join('')
  const lines = rows.map((row) => `<tr>${row.map((cell) => `<td dir="auto">${escape(cell)}</td>`).join('')}</tr>`)
  return `<div class="wide" tabindex="0"><table><thead><tr>${head}</tr></thead><tbody>${lines.join('\n')}</tbody></table></div>`
}

function part({ title, paragraphs, table: own }: SheetPart): string {
  return `<h3>${escape(title)}</h3>${paragraphs.map(paragraph).join('')}${own === null ? '' : table(own)}`
}

function picture({ picture: rows, lists }: Sheet): string {
  const anchors = lists.flatMap(({ groups }) => groups.flatMap(({ claims }) => claims))
  if (anchors.length === 0) return ''
  return rows
    .map(
      ({ title, about, ticks, says }) =>
        `<div class="picture"><p><b dir="auto">${escape(title)}</b><br><span class="quiet">${escape(about)}</span></p><p role="img" aria-label="${escape(says)}">${ticks.map(tick).join('')}</p></div>`,
    )
    .join('\n')
}

function shares({ shares: rows }: Sheet): string {
  if (rows.length === 0) return ''
  const lines = rows.map(({ rating, name, low, high, share, range, of }) => {
    const bar = `<span class="bar" aria-hidden="true"><i style="left:${(low * 100).toFixed(2)}%;width:${((high - low) * 100).toFixed(2)}%"></i><b style="left:${(share * 100).toFixed(2)}%"></b></span>`
    return `<tr data-rating="${rating}"><th scope="row">${tick(rating)} ${name}</th><td>${bar}</td><td>${range}</td><td>${of}</td></tr>`
  })
  return `<table><caption class="quiet">Shares of the claims with 95 % intervals</caption><tbody>${lines.join('')}</tbody></table>`
}

function certainty({ certainty: { step, says, alpha, points } }: Sheet): string {
  const lines = points.map((point) => `<li dir="auto">${point.limits ? '–' : '+'} ${escape(point.says)}</li>`)
  return `<section class="box" aria-labelledby="certainty"><h2 id="certainty">How sure is this?</h2><p><b>${escape(says)}</b> <span class="quiet">Step ${step} of 3.</span></p>${alpha === null ? '' : `<p class="quiet">${escape(alpha)}.</p>`}<ul style="list-style:none;padding:0">${lines.join('')}</ul></section>`
}

function foot({ source, edition, date, sha256 }: Sheet): string {
  const about = cssString(source.length > 60 ? `${source.slice(0, 59)}…` : source)
  const which = cssString(`${edition}, ${date} · sha256 ${sha256.slice(0, 12)}`)
  return `@media print { @page { margin: 16mm 16mm 18mm; @bottom-left { content: ${about}; font: 8pt sans-serif } @bottom-center { content: ${which}; font: 8pt sans-serif } @bottom-right { content: counter(page) " of " counter(pages); font: 8pt sans-serif } } }`
}

/**
 * Writes a report as one self-contained HTML file for screen and paper, without scripts: the content of its page in the same order. All text is
 * escaped, and a policy in the file forbids all loading.
 */
export function writeHtml(exported: ExportedReport): string {
  const sheet = makeSheet(exported)
  const { source, workspace, edition, date, address, sha256, method } = sheet
  const title = `Reliability report: ${source}, ${edition.toLowerCase()}`
  const headline = sheet.headline.map(({ text, strong }) => (strong ? `<b>${escape(text)}</b>` : escape(text)))
  const counts = sheet.counts.map(
    ({ rating, says }) => `<li data-rating="${rating}">${tick(rating)} ${escape(says)}</li>`,
  )
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${escape(title)}</title>
<style>${htmlStyle}${foot(sheet)}</style>
</head>
<body>
${shapesOnce}
<main>
<header><p><b dir="auto">${escape(workspace)}</b></p><p>Reliability report · ${escape(edition)} · ${date}${address === null ? '' : ` · ${link(address)}`}</p></header>
${sheet.notices.map((notice) => `<p class="notice" dir="auto">${escape(notice)}</p>`).join('')}
<h1 dir="auto">${escape(source)}</h1>
<p class="headline">${headline.join('')}</p>
${sheet.period === '' ? '' : `<p class="quiet">${escape(sheet.period)}</p>`}
<ul class="counts">${counts.join('')}</ul>
<section aria-label="The picture">
${picture(sheet)}
${shares(sheet)}
${sheet.remarks.map((remark) => `<p class="quiet">${escape(remark)}</p>`).join('')}
</section>
${sheet.lists.map(list).join('\n')}
${certainty(sheet)}
${sheet.replies.length === 0 ? '' : `<section><h2>What the publisher says</h2>${sheet.replies.map(addition).join('')}</section>`}
<section class="method"><h2>Method and data</h2>
${sheet.parts.map(part).join('\n')}
<p class="hash">method ${escape(method)} · inputs sha256 ${sha256}</p>
</section>
</main>
</body>
</html>
`
}
