/** What became of one file or address. */
export interface ImportOutcome {
  name: string
  /** `read` in a dry run, where nothing is stored. */
  state: 'imported' | 'revised' | 'skipped' | 'read' | 'failed'
  title?: string
  documentId?: string
  revisionId?: string
  /** Why it failed or was skipped, or the document that it is much like. */
  message?: string
}

const barWidth = 24
const columns = 100

/** A line that shows how far an import is, no longer than a terminal is wide: "[####····] 12 of 40  winter.txt". */
export function progressLine({ done, total, name }: { done: number; total: number; name: string }): string {
  const filled = total === 0 ? 0 : Math.round((done / total) * barWidth)
  const line = `[${'#'.repeat(filled)}${'·'.repeat(barWidth - filled)}] ${String(done)} of ${String(total)}  ${name}`
  return line.slice(0, columns)
}

/** How many became what: "2 imported, 1 failed". */
export function countOutcomes(outcomes: readonly ImportOutcome[]): string {
  const counts = new Map<string, number>()
  for (const { state } of outcomes) counts.set(state, (counts.get(state) ?? 0) + 1)
  return [...counts].map(([state, count]) => `${String(count)} ${state}`).join(', ')
}

/** A table of all outcomes, a line each: what became of it, its name, and its title or the reason. */
export function tableOf(outcomes: readonly ImportOutcome[]): string {
  const widest = (lengths: number[], most: number) => Math.min(most, Math.max(0, ...lengths))
  const stateWidth = widest(
    outcomes.map(({ state }) => state.length),
    12,
  )
  const nameWidth = widest(
    outcomes.map(({ name }) => name.length),
    44,
  )
  const shorten = (name: string) => (name.length > nameWidth ? `…${name.slice(1 - nameWidth)}` : name)
  return outcomes
    .map(({ state, name, title, message }) => {
      const said = [title, message].filter((part) => part !== undefined && part !== '').join(': ')
      return `${state.padEnd(stateWidth)}  ${shorten(name).padEnd(nameWidth)}  ${said}`.trimEnd()
    })
    .join('\n')
}

/** All outcomes for a machine. */
export function outcomesAsJson(outcomes: readonly ImportOutcome[]): string {
  return JSON.stringify({ failed: outcomes.filter(({ state }) => state === 'failed').length, items: outcomes }, null, 2)
}
