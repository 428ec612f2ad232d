/** The most rules of one robots.txt that are read: real ones have some hundreds, and each is compared with the path. */
const maxRules = 10_000

/** A rule of a robots.txt: whether paths that begin like its pattern may be fetched. */
interface Rule {
  allows: boolean
  /** Percent-encoded; "*" stands for any characters, "$" at the end for the end of the path. */
  pattern: string
}

/** The rules for the programs that a group of a robots.txt names. */
interface Group {
  agents: Set<string>
  rules: Rule[]
}

/**
 * Reads what a robots.txt says to one program, by RFC 9309: the rules of all groups that name it, or of those for every program; of the rules that fit a
 * path the longest decides, and of two equally long ones that which allows. The file is a stranger's, so time and memory grow with its length alone.
 * @param productToken the program's name without its version, such as "sourcemark"
 * @returns whether a page may be fetched
 */
export function parseRobots(source: string, productToken: string): (page: URL) => boolean {
  const groups = readGroups(source)
  const rulesFor = (agent: string) => groups.filter(({ agents }) => agents.has(agent)).flatMap(({ rules }) => rules)
  const isNamed = groups.some(({ agents }) => agents.has(productToken.toLowerCase()))
  const rules = rulesFor(isNamed ? productToken.toLowerCase() : '*').sort(
    (one, other) => other.pattern.length - one.pattern.length || Number(other.allows) - Number(one.allows),
  )
  return ({ pathname, search }) => {
    const path = encodePath(pathname + search)
    return rules.find(({ pattern }) => fits(path, pattern))?.allows ?? true
  }
}

function readGroups(source: string): Group[] {
  const groups: Group[] = []
  let left = maxRules
  let isNaming = false
  for (const line of source.replace(/^\uFEFF/, '').split(/\r\n?|\n/)) {
    const [key = '', ...rest] = (line.split('#', 1)[0] ?? '').split(':')
    const field = key.trim().toLowerCase()
    const value = rest.join(':').trim()
    if (field === 'user-agent') {
      if (!isNaming) groups.push({ agents: new Set(), rules: [] })
      isNaming = true
      const agent = value === '*' ? value : /^[a-z_-]*/i.exec(value)?.[0].toLowerCase()
      if (agent !== undefined) groups.at(-1)?.agents.add(agent)
    } else if (field === 'allow' || field === 'disallow') {
      isNaming = false
      const pattern = encodePath(value.replace(/\*{2,}/g, '*'))
      if (pattern === '') continue
      left -= 1
      if (left < 0) break
      groups.at(-1)?.rules.push({ allows: field === 'allow', pattern })
    }
  }
  return groups
}

/** Writes a path as addresses are compared: what is not ASCII is percent-encoded, in capital letters. */
function encodePath(path: string): string {
  return encodeURI(path)
    .replace(/%25/g, '%')
    .replace(/%[\da-f]{2}/gi, (code) => code.toUpperCase())
}

/** Whether a path begins as a pattern says. The pieces between wildcards are looked for from left to right, each once. */
function fits(path: string, pattern: string): boolean {
  const isWhole = pattern.endsWith('$')
  const pieces = (isWhole ? pattern.slice(0, -1) : pattern).split('*')
  const first = pieces.shift() ?? ''
  if (!path.startsWith(first)) return false
  const last = isWhole ? pieces.pop() : undefined
  let at = first.length
  for (const piece of pieces) {
    const found = path.indexOf(piece, at)
    if (found < 0) return false
    at = found + piece.length
  }
  if (!isWhole) return true
  return last === undefined ? path.length === at : path.length - last.length >= at && path.endsWith(last)
}
