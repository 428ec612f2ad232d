import { childOf, childrenNamed, type XmlElement } from '../xml'
import { valueOf } from './styles'

/** A paragraph's place in a list. */
export interface ListPlace {
  list: string
  /** From 0. */
  level: number
  isOrdered: boolean
  /** The number of this item. */
  number: number
  /** The printed number of the item ("2.1", "(a)"); empty for bullets. */
  label: string
  /** Whether the label is more than the number and a full stop. */
  isUnusual: boolean
}

interface Level {
  format: string
  text: string
  start: number
}

/** Counts the list items of a Word document in order. */
export class WordNumbering {
  readonly #abstract = new Map<string, Map<number, Level>>()
  readonly #lists = new Map<string, { abstract: string; starts: Map<number, number> }>()
  readonly #counts = new Map<string, number[]>()
  readonly #begun = new Set<string>()

  constructor(part: XmlElement | null) {
    for (const list of childrenNamed(part, 'abstractNum')) {
      const levels = childrenNamed(list, 'lvl').map((level): [number, Level] => [
        Number(level.attributes.get('ilvl') ?? 0),
        {
          format: valueOf(level, 'numFmt') ?? 'decimal',
          text: valueOf(level, 'lvlText') ?? '',
          start: toInteger(valueOf(level, 'start'), 1),
        },
      ])
      this.#abstract.set(list.attributes.get('abstractNumId') ?? '', new Map(levels))
    }
    for (const list of childrenNamed(part, 'num')) {
      const starts = childrenNamed(list, 'lvlOverride').flatMap((override): [number, number][] => {
        const start = valueOf(override, 'startOverride')
        return start === null ? [] : [[Number(override.attributes.get('ilvl') ?? 0), toInteger(start, 1)]]
      })
      this.#lists.set(list.attributes.get('numId') ?? '', {
        abstract: valueOf(list, 'abstractNumId') ?? '',
        starts: new Map(starts),
      })
    }
  }

  /** Counts the next item; null when the paragraph is excluded from its list, or the list is undefined. */
  next(numbering: XmlElement): ListPlace | null {
    const id = valueOf(numbering, 'numId') ?? ''
    const list = this.#lists.get(id)
    const level = Math.min(8, Math.max(0, toInteger(valueOf(numbering, 'ilvl'), 0)))
    if (list === undefined || id === '0') return null
    const levels = this.#abstract.get(list.abstract) ?? new Map<number, Level>()
    const counts = this.#countsOf(id, list)
    const startOf = (at: number) => list.starts.get(at) ?? levels.get(at)?.start ?? 1
    counts.length = Math.min(counts.length, level + 1)
    for (let at = counts.length; at < level; at += 1) counts.push(startOf(at))
    const before = counts[level]
    const number = before === undefined ? startOf(level) : before + 1
    counts[level] = number
    const { format, text } = levels.get(level) ?? { format: 'bullet', text: '' }
    const isOrdered = format !== 'bullet' && format !== 'none'
    const label = isOrdered
      ? text.replace(/%([1-9])/g, (_whole, digit: string) => {
          const at = Number(digit) - 1
          return formatNumber(counts[at] ?? startOf(at), levels.get(at)?.format ?? 'decimal')
        })
      : ''
    return { list: id, level, isOrdered, number, label, isUnusual: isOrdered && label !== `${String(number)}.` }
  }

  /** Lists of one definition continue its count, unless one of them restarts it. */
  #countsOf(id: string, { abstract, starts }: { abstract: string; starts: Map<number, number> }): number[] {
    const isNew = starts.size > 0 && !this.#begun.has(id)
    this.#begun.add(id)
    const known = this.#counts.get(abstract)
    if (known !== undefined && !isNew) return known
    const counts: number[] = []
    this.#counts.set(abstract, counts)
    return counts
  }
}

function toInteger(text: string | null, fallback: number): number {
  const number = Number(text ?? NaN)
  return Number.isSafeInteger(number) ? number : fallback
}

const romans: readonly [number, string][] = [
  [1000, 'm'],
  [900, 'cm'],
  [500, 'd'],
  [400, 'cd'],
  [100, 'c'],
  [90, 'xc'],
  [50, 'l'],
  [40, 'xl'],
  [10, 'x'],
  [9, 'ix'],
  [5, 'v'],
  [4, 'iv'],
  [1, 'i'],
]

/** A number in Word's format for lists and notes; unknown formats are written in digits. */
export function formatNumber(number: number, format: string): string {
  if (number < 1 || number > 3999) return String(number)
  const letters = () => String.fromCharCode(97 + ((number - 1) % 26)).repeat(Math.ceil(number / 26))
  const roman = () => {
    let rest = number
    let text = ''
    for (const [value, sign] of romans) {
      for (; rest >= value; rest -= value) text += sign
    }
    return text
  }
  switch (format) {
    case 'lowerLetter':
      return letters()
    case 'upperLetter':
      return letters().toUpperCase()
    case 'lowerRoman':
      return roman()
    case 'upperRoman':
      return roman().toUpperCase()
    case 'decimalZero':
      return String(number).padStart(2, '0')
    default:
      return String(number)
  }
}

/** The number format of a kind of notes ("footnotePr" in the settings or the last section); null when the document has none. */
export function noteFormat(element: XmlElement | null, kind: 'footnotePr' | 'endnotePr'): string | null {
  return valueOf(childOf(element, kind), 'numFmt')
}
