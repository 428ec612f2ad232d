/** What a citation of a report names. `date` is a day, YYYY-MM-DD; `address` null where the report has none that others could open. */
export interface CitedReport {
  workspace: string
  source: string
  edition: string
  date: string
  address: string | null
  sha256: string
}

/** A report as literature cites it, in three forms. */
export interface ReportCitations {
  line: string
  bibtex: string
  cslJson: string
}

/** Text as BibTeX takes it: what TeX reads as a command is written out. */
function texText(text: string): string {
  return text.replace(/[\\{}$&#%_^~]/g, (sign) => {
    if (sign === '\\') return '\\textbackslash{}'
    if (sign === '^' || sign === '~') return `\\${sign}{}`
    return `\\${sign}`
  })
}

/** How to cite a report: one line for a text, and entries for a reference manager. */
export function citeReport({ workspace, source, edition, date, address, sha256 }: CitedReport): ReportCitations {
  const title = `Reliability report: ${source}`
  const [year = 0, month = 0, day = 0] = date.split('-').map(Number)
  const hash = `sha256 ${sha256}`
  const line = [`${workspace} (${String(year)}). ${title}. ${edition}, ${date}.`, address ?? '', `Inputs ${hash}.`]
  const fields: [string, string | null][] = [
    ['author', `{${texText(workspace)}}`],
    ['title', texText(title)],
    ['edition', texText(edition)],
    ['date', date],
    ['year', String(year)],
    ['url', address],
    ['note', `Inputs ${hash}`],
  ]
  const shown = fields.flatMap(([name, value]) => (value === null ? [] : [`  ${name} = {${value}}`]))
  const csl = {
    id: `report-${sha256.slice(0, 12)}`,
    type: 'report',
    title,
    author: [{ literal: workspace }],
    version: edition,
    issued: { 'date-parts': [[year, month, day]] },
    note: `Inputs ${hash}`,
  }
  return {
    line: line.filter((part) => part !== '').join(' '),
    bibtex: `@techreport{report-${sha256.slice(0, 12)},\n${shown.join(',\n')}\n}`,
    cslJson: JSON.stringify([address === null ? csl : Object.assign(csl, { URL: address })], null, 2),
  }
}
