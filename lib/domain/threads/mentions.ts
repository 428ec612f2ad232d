/** Someone who can be named in a comment. */
export interface Nameable {
  id: string
  name: string
}

/** The members whom a comment names: `ids` without duplicates in the order of the words, and typed names that fit several members. */
export interface FoundMentions {
  ids: string[]
  ambiguous: string[]
}

const wordCharacter = /[\p{L}\p{M}\p{N}_]/u

function fold(text: string): string {
  return text.normalize('NFC').toLowerCase()
}

function endsAt(text: string, end: number): boolean {
  return !wordCharacter.test(String.fromCodePoint(text.codePointAt(end) ?? 0x20))
}

function firstWord(name: string): string {
  return name.split(/\s+/u)[0] ?? ''
}

/** The members with the longest name, by `nameOf`, that occurs at `at` in a folded text. */
function namedAt(
  text: string,
  { at, members, nameOf }: { at: number; members: readonly Nameable[]; nameOf: (member: Nameable) => string },
): Nameable[] {
  let longest = 0
  let found: Nameable[] = []
  for (const member of members) {
    const name = fold(nameOf(member).trim())
    if (name === '' || name.length < longest || !text.startsWith(name, at) || !endsAt(text, at + name.length)) continue
    found = name.length > longest ? [member] : [...found, member]
    longest = name.length
  }
  return found
}

/**
 * Finds the members whom a comment names: `@` and a member's whole name, or its first word when only one member has it. Case is ignored, and the
 * longest name wins. An `@` inside of a word, as in a mail address, names no one; nor does a name that several members have.
 */
export function parseMentions(body: string, members: readonly Nameable[]): FoundMentions {
  const text = fold(body)
  const ids = new Set<string>()
  const ambiguous = new Set<string>()
  for (const { index } of text.matchAll(/(?<![\p{L}\p{M}\p{N}_.+-])@/gu)) {
    const at = index + 1
    const whole = namedAt(text, { at, members, nameOf: ({ name }) => name })
    const found = whole.length > 0 ? whole : namedAt(text, { at, members, nameOf: ({ name }) => firstWord(name) })
    const [first] = found
    if (first === undefined) continue
    if (found.length === 1) ids.add(first.id)
    else ambiguous.add(whole.length > 0 ? first.name : firstWord(first.name))
  }
  return { ids: [...ids], ambiguous: [...ambiguous] }
}

/** A name that is being typed: the offset of its `@` (UTF-16) and the text from there to the caret. */
export interface TypedMention {
  start: number
  query: string
}

/** The name that is being typed before the caret (an offset in UTF-16 code units); null when there is none. A name may have three words. */
export function mentionAtCaret(text: string, caret: number): TypedMention | null {
  const before = text.slice(0, caret)
  const found = /(?<![\p{L}\p{M}\p{N}_.+-])@([\p{L}\p{M}\p{N}_.'’-]*(?: [\p{L}\p{M}\p{N}_.'’-]+){0,2})$/u.exec(before)
  return found === null ? null : { start: found.index, query: found[1] ?? '' }
}

/** Suggests members for what was typed: first those whose whole name begins with it, then those with another word that begins with it. */
export function suggestMembers<T extends Nameable>(query: string, members: readonly T[], limit = 6): T[] {
  const typed = fold(query)
  const rank = ({ name }: T) => {
    const folded = fold(name)
    if (folded.startsWith(typed)) return 0
    return folded.split(/\s+/u).some((word) => word.startsWith(typed)) ? 1 : 2
  }
  return members
    .map((member) => ({ member, rank: rank(member) }))
    .filter((entry) => entry.rank < 2)
    .sort((one, other) => one.rank - other.rank || one.member.name.localeCompare(other.member.name, 'en'))
    .slice(0, limit)
    .map(({ member }) => member)
}

/** The ids of the chosen members whom the finished text still names with `@` and their whole name. */
export function keptMentions(body: string, chosen: readonly Nameable[]): string[] {
  const text = fold(body)
  return [...new Set(chosen.filter(({ name }) => text.includes(`@${fold(name)}`)).map(({ id }) => id))]
}
