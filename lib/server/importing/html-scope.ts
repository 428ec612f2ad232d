import type { OutOfScopeReason } from '@/lib/domain/text/model'
import { readAttribute, type HtmlElement } from './html-tree'

const classRules: { reason: OutOfScopeReason; pattern: RegExp }[] = [
  { reason: 'table-of-contents', pattern: /(?:^|[\s_-])(?:toc|table-?of-?contents)(?:$|[\s_-])/i },
  { reason: 'comment-form', pattern: /(?:^|[\s_-])(?:comment-?(?:form|respond)|respond|reply-?form)(?:$|[\s_-])/i },
  {
    reason: 'comments',
    pattern:
      /(?:^|[\s_-])(?:comments?|comment-?(?:list|section|thread|area|s)|disqus(?:_thread)?|discussion|user-?comments)(?:$|[\s_-])/i,
  },
  {
    reason: 'navigation',
    pattern:
      /(?:^|[\s_-])(?:nav(?:bar|igation)?|breadcrumbs?|menu|pagination|pager|skip-?(?:link|nav)s?|site-?nav|topbar|catlinks|navbox)(?:$|[\s_-])/i,
  },
  {
    reason: 'link-list',
    pattern:
      /(?:^|[\s_-])(?:related|recommend(?:ed|ations)?|read-?more|more-?(?:stories|articles|news|from)|trending|most-?(?:read|popular)|popular-?posts|see-?also|outbrain|taboola|you-?may-?like)(?:$|[\s_-])/i,
  },
  {
    reason: 'boilerplate',
    pattern:
      /(?:^|[\s_-])(?:side-?bar|widget|share|sharing|social(?:-?(?:media|links|buttons|share|tools))?|newsletter|subscri(?:be|ption)|sign-?up|promo|advert(?:isement|ising)?|ads?|ad-?(?:slot|container|unit|wrapper)|sponsor(?:ed)?|cookie|consent|banner|masthead|popup|modal|footer|colophon|copyright|legal|metadata-?footer|print-?only|tags|tag-?list|author-?(?:bio|box|info)|byline-?bio|paywall|donate|toolbar)(?:$|[\s_-])/i,
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
const neverByClass = new Set([
  'html',
  'body',
  'main',
  'article',
  'p',
  'h1',
  'h2',
  'h3',
  'a',
  'b',
  'i',
  'em',
  'strong',
  'sup',
  'sub',
  'img',
  'td',
  'th',
  'tr',
  'tbody',
  'pre',
  'code',
  'blockquote',
])

/** Why an element does not count by its own tag, role, class or id; null when nothing says so. Judges the element alone, not its place. */
export function readElementScope(element: HtmlElement): OutOfScopeReason | null {
  const names = `${readAttribute(element, 'class') ?? ''} ${readAttribute(element, 'id') ?? ''}`.slice(0, 400)
  const byClass = neverByClass.has(element.tagName)
    ? null
    : (classRules.find(({ pattern }) => pattern.test(names))?.reason ?? null)
  if (byClass === 'table-of-contents' || byClass === 'comment-form' || byClass === 'comments') return byClass
  return roles[readAttribute(element, 'role') ?? ''] ?? tags[element.tagName] ?? byClass
}

const dropped = new Set(
  'script style template noscript noframes iframe frame frameset object embed applet canvas audio video source track map area select datalist option optgroup textarea input button progress meter head title meta link base svg param dialog'.split(
    ' ',
  ),
)
const inlineTags = new Set('span i b a em small sup'.split(' '))

/** Whether an element is not shown to a reader, or is a control: its text is left out. */
export function isDropped(element: HtmlElement): boolean {
  if (dropped.has(element.tagName)) return true
  for (const { name, value } of element.attrs) {
    if (name === 'hidden' && value !== 'until-found') return true
    if (name === 'style' && /(?:display\s*:\s*none|visibility\s*:\s*hidden)/i.test(value.slice(0, 500))) return true
    if (name === 'aria-hidden' && value === 'true' && inlineTags.has(element.tagName)) return true
    if (
      name === 'class' &&
      /(?:^|\s)(?:sr-only|visually-?hidden|screen-reader-text|mw-empty-elt|noprint-hidden)(?:\s|$)/i.test(
        value.slice(0, 500),
      )
    )
      return true
  }
  return false
}
