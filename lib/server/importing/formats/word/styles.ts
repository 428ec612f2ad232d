import type { HeadingLevel } from '@/lib/domain/text/model'
import { childOf, childrenNamed, type XmlElement } from '../xml'

/** A paragraph's format, from its style and its own settings. */
export type ParagraphRole =
  { is: 'heading'; level: HeadingLevel } | { is: 'quote' } | { is: 'contents' } | { is: 'text' }

interface Style {
  name: string
  basedOn: string | null
  paragraph: XmlElement | null
  run: XmlElement | null
}

const headingLevels: readonly HeadingLevel[] = [1, 2, 3, 4, 5, 6]

/** The `val` attribute of a child element; null without such a child. */
export function valueOf(element: XmlElement | null, name: string): string | null {
  const child = childOf(element, name)
  return child === null ? null : (child.attributes.get('val') ?? '')
}

/** Whether a setting such as bold is on; null when it is not set. */
export function isOn(element: XmlElement | null, name: string): boolean | null {
  const value = valueOf(element, name)
  return value === null ? null : !['0', 'false', 'off', 'none'].includes(value)
}

/** The styles of a Word document. A style's value is its own, or that of the style it is based on. */
export class WordStyles {
  readonly #styles = new Map<string, Style>()
  /** The language of the text as BCP 47, or null. */
  readonly language: string | null

  constructor(part: XmlElement | null) {
    for (const style of childrenNamed(part, 'style')) {
      this.#styles.set(style.attributes.get('styleId') ?? '', {
        name: (valueOf(style, 'name') ?? '').toLowerCase(),
        basedOn: valueOf(style, 'basedOn'),
        paragraph: childOf(style, 'pPr'),
        run: childOf(style, 'rPr'),
      })
    }
    const defaults = childOf(childOf(childOf(part, 'docDefaults'), 'rPrDefault'), 'rPr')
    this.language = valueOf(defaults, 'lang') ?? null
  }

  roleOf(settings: XmlElement | null): ParagraphRole {
    const chain = this.#chain(valueOf(settings, 'pStyle'))
    for (const { name } of chain) {
      if (/^(?:toc|table of (?:figures|authorities)|index)(?: \d| heading|$)/.test(name)) return { is: 'contents' }
      if (name === 'title') return { is: 'heading', level: 1 }
      if (/quote|^block text$/.test(name)) return { is: 'quote' }
    }
    const outlines = [settings, ...chain.map(({ paragraph }) => paragraph)].map((one) => valueOf(one, 'outlineLvl'))
    const named = chain.map(({ name }) => /^heading (\d)$/.exec(name)?.[1]).find((digit) => digit !== undefined)
    const outline = outlines.find((value) => value !== null)
    const level = outline === undefined ? (named === undefined ? NaN : Number(named) - 1) : Number(outline)
    // Level 10 is running text.
    if (!Number.isInteger(level) || level < 0 || level > 8) return { is: 'text' }
    return { is: 'heading', level: headingLevels[Math.min(level, 5)] ?? 6 }
  }

  /** The list of a paragraph's style, or null. */
  numberingOf(settings: XmlElement | null): XmlElement | null {
    const own = childOf(settings, 'numPr')
    if (own !== null) return own
    for (const { paragraph } of this.#chain(valueOf(settings, 'pStyle'))) {
      const numbering = childOf(paragraph, 'numPr')
      if (numbering !== null) return numbering
    }
    return null
  }

  /** Whether a setting of a run is on, by the run itself or its character style. */
  isOn(run: XmlElement | null, setting: string): boolean {
    const own = isOn(run, setting)
    if (own !== null) return own
    for (const style of this.#chain(valueOf(run, 'rStyle'))) {
      const styled = isOn(style.run, setting)
      if (styled !== null) return styled
    }
    return false
  }

  #chain(id: string | null): Style[] {
    const chain: Style[] = []
    for (let style = id === null ? undefined : this.#styles.get(id); style && chain.length < 12;) {
      chain.push(style)
      style = style.basedOn === null ? undefined : this.#styles.get(style.basedOn)
    }
    return chain
  }
}
