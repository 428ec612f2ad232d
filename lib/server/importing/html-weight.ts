import { isDropped } from './html-elements'
import { isElement, isText, readAttribute, walkTree, type HtmlElement, type HtmlNode } from './html-tree'

const blockTags = new Set(
  'address article aside blockquote body dd div dl dt fieldset figure footer form h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section table td th tr ul'.split(
    ' ',
  ),
)
const headingTag = /^h[1-6]$/
const denseScript = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/gu
const endsSentence = /[.!?…。！？؟।۔]["'”’»)\]]*\s*$/u

/** The amount of text in each element of a page and its descendants, in characters; those of Chinese, Japanese and Korean count twice. */
export interface Weights {
  /** Running text: blocks of at least 60 characters, or with a sentence of 25, of which less than half is in links. */
  prose: ReadonlyMap<HtmlElement, number>
  /** All visible text. */
  text: ReadonlyMap<HtmlElement, number>
  /** Density of running text: a block counts fully for its parent element, and half as much for each one further out. */
  near: ReadonlyMap<HtmlElement, number>
  /** Headings, and those that link to other pages. */
  headings: ReadonlyMap<HtmlElement, number>
  linkedHeadings: ReadonlyMap<HtmlElement, number>
  /** Running text of the whole page. */
  total: number
}

interface OpenBlock {
  element: HtmlElement
  text: number
  links: number
  ending: string
}

function measure(text: string): number {
  return text.length + (text.match(denseScript)?.length ?? 0)
}

function isProse({ element, text, links, ending }: OpenBlock): boolean {
  if (headingTag.test(element.tagName) || links * 2 > text) return false
  return text >= 60 || (text >= 25 && endsSentence.test(ending))
}

function leadsAway(element: HtmlElement): boolean {
  return element.tagName === 'a' && /^[^#]+$/.test(readAttribute(element, 'href') ?? '')
}

/** Weighs a page. `excludes` selects elements to skip with their content. One walk, iterative. */
export function weighPage(root: HtmlNode, excludes: (element: HtmlElement) => boolean): Weights {
  const sum = () => new Map<HtmlElement, number>()
  const weights = { prose: sum(), text: sum(), headings: sum(), linkedHeadings: sum() }
  const near = sum()
  const path: HtmlElement[] = []
  const blocks: OpenBlock[] = []
  let inLink = 0
  let leading = 0
  let total = 0
  const add = (sums: Map<HtmlElement, number>, element: HtmlElement, amount: number) =>
    sums.set(element, (sums.get(element) ?? 0) + amount)
  const close = (block: OpenBlock) => {
    if (block.text > 0) add(weights.text, block.element, block.text)
    if (!isProse(block)) return
    total += block.text
    add(weights.prose, block.element, block.text)
    let share = block.text
    for (let at = path.length - 1; at >= 0 && share >= 1; at -= 1) {
      const holder = path[at]
      if (holder) add(near, holder, share)
      share /= 2
    }
  }
  walkTree(root, {
    enter(node) {
      if (isText(node)) {
        const block = blocks.at(-1)
        const trimmed = node.value.trim()
        if (block && trimmed !== '') {
          const length = measure(trimmed)
          block.text += length
          block.ending = trimmed.slice(-8)
          if (inLink > 0) block.links += length
        }
        return false
      }
      if (!isElement(node)) return true
      if (isDropped(node) || excludes(node)) return false
      path.push(node)
      if (node.tagName === 'a') inLink += 1
      if (headingTag.test(node.tagName)) {
        add(weights.headings, node, 1)
        if (leading > 0) add(weights.linkedHeadings, node, 1)
      } else if (leadsAway(node)) {
        leading += 1
        if (headingTag.test(path.at(-2)?.tagName ?? '')) add(weights.linkedHeadings, node, 1)
      }
      if (blockTags.has(node.tagName)) blocks.push({ element: node, text: 0, links: 0, ending: '' })
      return true
    },
    leave(node) {
      if (!isElement(node) || path.at(-1) !== node) return
      path.pop()
      if (node.tagName === 'a') inLink -= 1
      if (leadsAway(node)) leading -= 1
      const block = blocks.at(-1)
      if (block?.element === node) {
        blocks.pop()
        close(block)
      }
      const parent = path.at(-1)
      if (!parent) return
      for (const sums of Object.values(weights)) {
        const own = sums.get(node)
        if (own !== undefined) add(sums, parent, own)
      }
    },
  })
  return { ...weights, near, total }
}
