/** The parts of a report's citation. `date` is a day, YYYY-MM-DD; `address` is null where the report has none that others can open. */
export interface CitedReport {
  workspace: string
  source: string
  edition: string
  date: string
  address: string | null
  sha256: string
}

/** A citation of a report in the usual three forms. */
export interface ReportCitations {
  line: string
  bibtex: string
  cslJson: string
}

/** Escapes text for BibTeX: every character that TeX reads as a command. */
function texText(text: string): string {
  return text.replace(/[\\{}$&#%_^~]/g, (sign) => {
    if (sign === '\\') return '\\textbackslash{}'
    if (sign === '^' || sign === '~') return `\\${sign}{}`
    return `\\${sign}`
  })
}

/** Writes the citation of a report: one line for a text, and entries for reference managers. */
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
