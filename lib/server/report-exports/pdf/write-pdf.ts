import { spawn } from 'node:child_process'
import { DomainError } from '@/lib/domain/errors'
import { paperData, type Sheet } from '@/lib/domain/report-exports/sheet/sheet'
import { environmentWithoutSecrets } from '../../env'
import { logger } from '../../log'
import { perProcess } from '../../per-process'

/**
 * The report as a Typst document. All words come in as data (`sys.inputs.sheet`, JSON) and are never read as markup, so no part of this source may be
 * built from what users wrote. Colours are those of the page in print.
 */
const template = String.raw`
#let sheet = json(bytes(sys.inputs.sheet))
#let ink-2 = rgb("#57524a")
#let line-colour = rgb("#c9c3b7")
#let colours = (sourced: rgb("#17663c"), unsourced: rgb("#8a5a00"), contradicted: rgb("#a3262a"))

#set document(title: sheet.title, author: sheet.workspace, date: datetime(year: sheet.year, month: sheet.month, day: sheet.day))
#set page(
  paper: "a4",
  margin: (x: 18mm, top: 18mm, bottom: 22mm),
  footer: context {
    set text(7.5pt, fill: ink-2)
    grid(columns: (2fr, 3fr, 1fr), align: (left, center, right),
      sheet.foot-source, sheet.foot-version,
      [#counter(page).display() of #counter(page).final().first()])
  },
)
#set text(font: "Libertinus Serif", size: 10pt, lang: "en", fallback: true, hyphenate: false)
#set par(leading: 0.6em, spacing: 0.8em)
#show heading.where(level: 1): set text(22pt)
#show heading.where(level: 2): it => block(above: 1.6em, below: 0.7em, text(14pt, it.body))
#show heading.where(level: 3): it => block(above: 1.2em, below: 0.5em, text(11pt, it.body))

// Each text has its own direction.
#let own(t) = text(dir: if t.rtl { rtl } else { ltr }, t.text)
#let said(t) = block(width: 100%, align(if t.rtl { right } else { left }, own(t)))
#let quiet(body) = text(8.5pt, fill: ink-2, body)
#let over(body) = block(above: 1em, below: 0.5em, sticky: true, text(7pt, fill: ink-2, tracking: 0.4pt, upper(body)))
#let where(address) = if address != none { quiet[ #raw(address)] }

#let tick(rating) = box(width: 6.5pt, baseline: 1.5pt, pdf.artifact(
  if rating == "contradicted" {
    curve(stroke: 1.5pt + colours.contradicted,
      curve.move((1pt, 0pt)), curve.cubic((3.5pt, 1.5pt), (3.5pt, 2.5pt), (1pt, 4pt)), curve.cubic((-1pt, 5.5pt), (-1pt, 6.5pt), (1pt, 8pt)), curve.cubic((3.5pt, 9.5pt), (3.5pt, 10.5pt), (1pt, 12pt)))
  } else if rating == "unsourced" {
    line(angle: 90deg, length: 12pt, stroke: (paint: colours.unsourced, thickness: 1.8pt, dash: (4.9pt, 2.2pt)))
  } else { line(angle: 90deg, length: 12pt, stroke: 1.8pt + colours.sourced) }
))

#let quote-of(q) = block(width: 100%, above: 0.5em, below: 0.6em, align(if q.rtl { right } else { left },
  text(11pt, dir: if q.rtl { rtl } else { ltr }, {
    sym.quote.l.double
    for piece in q.pieces {
      let level = if piece.is == "raised" { super(piece.text) } else if piece.is == "lowered" { sub(piece.text) } else { piece.text }
      if piece.marked { highlight(fill: rgb("#f9dcd9"), underline(stroke: 1pt + colours.contradicted, level)) } else { level }
    }
    sym.quote.r.double
  })))

#let addition(a) = block(inset: (left: 8pt), stroke: (left: 1.5pt + line-colour), {
  quiet[#a.says#if a.address != "" [ (#raw(a.address))]:]
  said(a.text)
})

#let words-of(c) = {
  over[The claim]
  quote-of(c.words)
  block(above: 0.6em, quiet(own(c.place)))
}
#let record-of(c) = {
  over(c.head)
  if c.evidence.len() == 0 { block(quiet[No adequate evidence either way.]) }
  for e in c.evidence {
    for q in e.quotes { quote-of(q) }
    block(above: 0.6em, quiet({
      strong(own(e.title))
      if e.about.text != "" { [, ]; own(e.about) }
      [. #e.says]
      where(e.address)
    }))
  }
}
#let claim(c) = block(width: 100%, above: 1em, below: 1em, {
  if c.beside { grid(columns: (1fr, 1fr), column-gutter: 8mm, words-of(c), record-of(c)) } else {
    words-of(c)
    if c.head != "" { record-of(c) }
  }
  block(above: 0.8em, quiet({
    if c.reason != "" { strong(c.reason); [ ] }
    for n in c.notes { own(n); [ ] }
    c.judged
  }))
  for a in c.additions { addition(a) }
  // Not the block's own stroke, which would also be drawn at the foot of a page where a claim continues on the next.
  block(above: 0.9em, pdf.artifact(line(length: 100%, stroke: 0.5pt + line-colour)))
})

#block(width: 100%, inset: (bottom: 4pt), stroke: (bottom: 1.5pt), {
  text(12pt, strong(own(sheet.masthead)))
  linebreak()
  quiet[Reliability report · #sheet.edition · #sheet.date#if sheet.address != none [ · #raw(sheet.address)]]
})
#for n in sheet.notices { block(inset: (left: 8pt), stroke: (left: 2pt + colours.unsourced), own(n)) }
#heading(level: 1, own(sheet.source))
#block(text(13pt, for part in sheet.headline { if part.strong { strong(part.text) } else { part.text } }))
#if sheet.period != "" { block(quiet(sheet.period)) }
#block(for c in sheet.counts { box({ tick(c.rating); h(2pt); c.says }); h(14pt) })
#v(0.4em)

#for row in sheet.picture {
  block(above: 0pt, below: 0pt, width: 100%, inset: (y: 5pt), stroke: (top: 0.5pt + line-colour), grid(
    columns: (52mm, 1fr), column-gutter: 6mm,
    { strong(own(row.title)); linebreak(); quiet[#row.about: #row.says] },
    for t in row.ticks { tick(t) },
  ))
}
#if sheet.shares.len() > 0 {
  v(0.6em)
  table(columns: (auto, 1fr, auto, auto), stroke: none, inset: 3pt, align: (left, horizon, right, right),
    table.header(quiet[Share of claims], pdf.artifact[], quiet[95 % interval], quiet[Count]),
    ..sheet.shares.map(s => (
      [#tick(s.rating)#s.name],
      pdf.artifact(box(width: 100%, height: 8pt, {
        place(horizon, line(length: 100%, stroke: 0.5pt + line-colour))
        place(horizon + left, dx: s.low * 100%, rect(width: (s.high - s.low) * 100%, height: 6pt, fill: colours.at(s.rating).lighten(55%)))
        place(horizon + left, dx: s.share * 100%, rect(width: 1.5pt, height: 8pt, fill: colours.at(s.rating)))
      })),
      strong(s.range), s.of,
    )).flatten())
}
#for r in sheet.remarks { block(quiet(r)) }

#for l in sheet.lists {
  heading(level: 2, l.title)
  if l.says != "" { block(quiet(l.says)) }
  for g in l.groups {
    if g.title != none { heading(level: 3, { own(g.title); quiet[ #g.about] }) }
    for c in g.claims { claim(c) }
  }
}

#block(width: 100%, breakable: true, fill: rgb("#f3f0e8"), inset: 10pt, radius: 4pt, {
  heading(level: 2, [How sure is this?])
  strong(sheet.certainty.says)
  quiet[ Step #sheet.certainty.step of 3.]
  if sheet.certainty.alpha != none { block(quiet(sheet.certainty.alpha + ".")) }
  list(marker: none, body-indent: 0pt, spacing: 0.7em, ..sheet.certainty.points.map(p => [#if p.limits [–] else [+] #own(p.says)]))
})

#if sheet.replies.len() > 0 {
  heading(level: 2, [What the publisher says])
  for a in sheet.replies { addition(a) }
}

#pagebreak(weak: true)
#heading(level: 2, [Method and data])
#for p in sheet.parts {
  heading(level: 3, p.title)
  for t in p.paragraphs { said(t) }
  if p.table != none {
    set text(8.5pt)
    table(columns: (1fr,) + (auto,) * (p.table.header.len() - 1), stroke: (x, y) => (bottom: 0.5pt + line-colour), inset: 4pt,
      table.header(..p.table.header.map(c => strong(c))),
      ..p.table.rows.flatten().map(own))
  }
}
#block(quiet[method #sheet.method · inputs sha256 #raw(sheet.sha256)])
#if sheet.undrawn.len() > 0 {
  block(quiet[The fonts of this computer lack some characters. They are printed as their Unicode numbers, such as #sheet.undrawn.first(), and stand as they are in the HTML file of this report.])
}
`

/** The path of the program that makes a PDF, in a build too. */
const main = 'lib/server/report-exports/pdf/typst-main.mjs'
/** The most time one PDF may take, in ms. */
const time = 60_000
/** How many PDFs are made at once, and how many may wait. */
const most = { atOnce: 2, waiting: 20 }

interface Turns {
  busy: number
  waiting: (() => void)[]
}

async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  const turns = perProcess<Turns>('pdf-turns', () => ({ busy: 0, waiting: [] }))
  if (turns.busy >= most.atOnce) {
    if (turns.waiting.length >= most.waiting)
      throw new DomainError('unavailable', 'Many PDFs are being made at the moment. Try again in a minute.', {
        retryAfter: 60,
      })
    await new Promise<void>((resolve) => turns.waiting.push(resolve))
  } else turns.busy += 1
  try {
    return await work()
  } finally {
    const next = turns.waiting.shift()
    if (next === undefined) turns.busy -= 1
    else next()
  }
}

interface Made {
  bytes: Uint8Array<ArrayBuffer>
  isLate: boolean
  said: string
}

function compile(request: string): Promise<Made> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [main], { env: environmentWithoutSecrets(), stdio: ['pipe', 'pipe', 'pipe'] })
    const chunks: Buffer[] = []
    let said = ''
    let isLate = false
    const timer = setTimeout(() => {
      isLate = true
      child.kill('SIGKILL')
    }, time)
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk))
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
      said = (said + chunk).slice(0, 1_000)
    })
    // A process that ended before it read all its input is reported by its exit.
    child.stdin.on('error', () => undefined)
    const end = () => {
      clearTimeout(timer)
      resolve({ bytes: new Uint8Array(Buffer.concat(chunks)), isLate, said })
    }
    child.once('error', (error) => {
      said += error.message
      end()
    })
    child.once('close', end)
    child.stdin.end(request)
  })
}

/**
 * Makes a tagged PDF (PDF/UA-1) of a sheet, with Typst in a separate process. Characters missing from all fonts of this computer are printed as their
 * Unicode numbers, and the last page says so.
 * @throws DomainError `unavailable` when it takes too long, too many wait, or the compiler fails.
 */
export async function writePdf(sheet: Sheet): Promise<Uint8Array<ArrayBuffer>> {
  const { bytes, isLate, said } = await inTurn(() => compile(JSON.stringify({ template, sheet: paperData(sheet) })))
  if (Buffer.from(bytes.subarray(0, 5)).toString() === '%PDF-') return bytes
  if (!isLate) logger().error({ said }, 'A PDF could not be made.')
  throw new DomainError(
    'unavailable',
    isLate
      ? 'The PDF took longer than a minute and was given up. The HTML file of this report prints the same sheets.'
      : 'The PDF could not be made on this server. The HTML file of this report prints the same sheets.',
  )
}
