import type { OutOfScopeReason } from '@/lib/domain/text/model'
import { readAttribute, readText, isElement, isText, childrenOf, walkTree, type HtmlElement } from './html-tree'
import type { Weights } from './html-weight'

interface NameRule {
  reason: OutOfScopeReason
  /** Names used for nothing else. */
  sure: RegExp
  /** Words that may also name a part of an article. */
  likely: RegExp | null
}

const asName = (words: string) => new RegExp(`(?:^|[\\s_-])(?:${words})(?:$|[\\s_-])`, 'i')

const nameRules: NameRule[] = [
  { reason: 'table-of-contents', sure: asName('table-?of-?contents'), likely: asName('toc') },
  { reason: 'comment-form', sure: asName('comment-?(?:form|respond)|reply-?form'), likely: asName('respond') },
  {
    reason: 'comments',
    sure: asName(
      'comment-?(?:list|section|thread|area|s-?(?:area|section|list))|disqus(?:_thread)?|user-?comments|replies|reply-?(?:list|thread)',
    ),
    likely: asName('comments?|discussion'),
  },
  {
    reason: 'navigation',
    sure: asName('navbar|breadcrumbs?|pagination|pager|skip-?(?:link|nav)s?|site-?nav|topbar|catlinks|navbox'),
    likely: asName('nav|navigation|menu'),
  },
  {
    reason: 'link-list',
    sure: asName(
      'recommendations|read-?more|more-?(?:stories|articles|news|from)|most-?(?:read|popular)|popular-?posts|outbrain|taboola|you-?may-?like|related-?(?:posts|articles|stories|content|links|news)',
    ),
    likely: asName('related|recommend(?:ed)?|trending|see-?also'),
  },
  {
    reason: 'boilerplate',
    sure: asName(
      'side-?bar|social-?(?:media|links|buttons|share|tools)|share-?(?:bar|buttons?|links|tools)|sharing-?(?:buttons?|tools)|newsletter-?(?:form|signup|sign-?up|box)|ad-?(?:slot|container|unit|wrapper)|cookie-?(?:banner|consent|notice)|masthead|popup|modal|colophon|metadata-?footer|print-?only|tag-?list|author-?(?:bio|box|info)|byline-?bio|paywall',
    ),
    likely: asName(
      'widget|share|sharing|social|newsletter|subscri(?:be|ption)|sign-?up|promo|advert(?:isement|ising)?|ads?|sponsor(?:ed)?|cookie|consent|banner|footer|copyright|legal|tags|donate|toolbar|(?:video-?|audio-?|media-?)?player',
    ),
  },
]

const roles: Partial<Record<string, OutOfScopeReason>> = {
  navigation: 'navigation',
  menu: 'navigation',
  menubar: 'navigation',
  search: 'navigation',
  complementary: 'boilerplate',
  contentinfo: 'boilerplate',
  banner: 'boilerplate',
  dialog: 'boilerplate',
  alert: 'boilerplate',
  'doc-toc': 'table-of-contents',
}
const tags: Partial<Record<string, OutOfScopeReason>> = {
  nav: 'navigation',
  aside: 'boilerplate',
  footer: 'boilerplate',
  form: 'boilerplate',
}
const neverByName = new Set(
  'html body main article p h1 h2 h3 a b i em strong sup sub img td th tr tbody pre code blockquote'.split(' '),
)
const inlineTags = new Set('span small font label time abbr q cite mark u'.split(' '))

/** More running text than a promotion or an author's description usually has, in characters. */
const muchProse = 400
/** More running text than a menu or a table of contents has, in characters. */
const someProse = 120

/** The most nodes of an element that are examined: named elements may be nested a thousand deep. */
const mostNodes = 5000

const readNames = (element: HtmlElement) =>
  `${readAttribute(element, 'class') ?? ''} ${readAttribute(element, 'id') ?? ''}`.slice(0, 400)

const toSlug = (text: string) =>
  text
    .toLowerCase()
    .replace(/['’]/gu, '')
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '')

/** The contents of an element, by which its name is judged. */
interface Contents {
  headings: string[]
  hasForm: boolean
  /** Parts that only comments have: a link to reply, the name of a comment or of its author. */
  replies: number
}

function readContents(element: HtmlElement): Contents {
  const found: Contents = { headings: [], hasForm: false, replies: 0 }
  let seen = 0
  walkTree(element, {
    enter(node) {
      seen += 1
      if (seen > mostNodes) return false
      if (!isElement(node)) return true
      if (/^h[1-6]$/.test(node.tagName)) found.headings.push(readText(node, 200))
      if (['form', 'input', 'textarea', 'button'].includes(node.tagName)) found.hasForm = true
      if (
        node !== element &&
        /(?:^|[\s_-])(?:comment|reply|replies|commenter|vcard|avatar)(?:$|[\s_-])/i.test(readNames(node))
      )
        found.replies += 1
      return true
    },
  })
  return found
}

/** Gives the reason why an element is out of scope; null without one. */
export type NameJudge = (element: HtmlElement) => OutOfScopeReason | null

/**
 * Makes the function that judges elements by their own tag, role, class or id, and gives the reason why one is out of scope, or null. Names such as
 * "legal" or "discussion" also occur on parts of articles: they count only where there is little running text and no heading of that name, and never
 * for a few words in a sentence.
 */
export function makeNameJudge(weights: Weights): NameJudge {
  const known = new Map<HtmlElement, OutOfScopeReason | null>()
  const inText = new Map<HtmlElement, boolean>()
  const standsInText = (element: HtmlElement) => {
    const parent = element.parentNode
    if (!inlineTags.has(element.tagName) || !parent || !isElement(parent)) return false
    const before = inText.get(parent)
    if (before !== undefined) return before
    const found =
      parent.tagName === 'p' || childrenOf(parent).some((child) => isText(child) && /[\p{L}\p{N}]/u.test(child.value))
    inText.set(parent, found)
    return found
  }
  const judge = (element: HtmlElement): OutOfScopeReason | null => {
    const byName = neverByName.has(element.tagName) || standsInText(element) ? null : judgeName(element, weights)
    if (byName === 'table-of-contents' || byName === 'comment-form' || byName === 'comments') return byName
    return roles[readAttribute(element, 'role') ?? ''] ?? tags[element.tagName] ?? byName
  }
  return (element) => {
    const before = known.get(element)
    if (before !== undefined) return before
    const reason = judge(element)
    known.set(element, reason)
    return reason
  }
}

function judgeName(element: HtmlElement, { prose, text }: Weights): OutOfScopeReason | null {
  const names = readNames(element)
  const rule = nameRules.find(({ sure, likely }) => sure.test(names) || likely?.test(names) === true)
  if (!rule) return null
  const running = prose.get(element) ?? 0
  if (running === 0) return rule.reason
  if (rule.reason === 'table-of-contents' || rule.reason === 'navigation')
    return running >= someProse && running * 2 > (text.get(element) ?? 0) ? null : rule.reason
  const { headings, hasForm, replies } = readContents(element)
  if (hasForm || replies > 0) return rule.reason
  const slugs = names.trim().toLowerCase().split(/\s+/)
  const named = headings.some((heading) => {
    const slug = toSlug(heading)
    return slug !== '' && slugs.some((name) => name === slug || (name.length >= 8 && slug.startsWith(name)))
  })
  if (named) return null
  if (rule.sure.test(names) || rule.reason === 'comments') return rule.reason
  const mostly = running * 1.4 > (text.get(element) ?? 0)
  const own = element.tagName === 'section' && headings.length > 0
  return mostly && (own || running >= muchProse) ? null : rule.reason
}
