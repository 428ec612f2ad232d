import { renderToString } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import type { AnnotationView } from '@/lib/domain/annotations/schema'
import { Icon } from '@/components/ui/icon'
import type { CardActions } from './card-actions'
import { CardToolbar } from './open-card'
import { ClosedCard } from './closed-card'

const annotation: AnnotationView = {
  id: 'a',
  revisionId: 'r',
  author: { id: 'm', name: 'Mina Reyes' },
  start: 0,
  end: 5,
  exact: 'Sales',
  rating: 'sourced',
  disputed: false,
  partial: false,
  note: 'Read twice.',
  tags: [],
  citations: [],
  missing: null,
  version: 1,
  createdAt: '2025-03-14T00:00:00.000Z',
  updatedAt: '2025-03-14T00:00:00.000Z',
  may: { update: true, delete: true },
}
const nothing = () => undefined
const actions: CardActions = {
  open: nothing,
  rate: nothing,
  edit: nothing,
  startEditing: nothing,
  startMoving: nothing,
  keepSelection: nothing,
  remove: nothing,
  keepMine: nothing,
  discardMine: nothing,
  choose: nothing,
  bringBack: nothing,
  copyLink: nothing,
  backToCard: nothing,
  newId: () => 'b',
}

const drawingOf = (html: string) => /<path d="([^"]+)"/.exec(html)?.[1] ?? ''
const [chain, speech] = (['chain', 'speech'] as const).map((name) => drawingOf(renderToString(<Icon name={name} />)))

/** The drawing on each button of an open card's toolbar, by the button's name without its key. */
const buttons = new Map(
  [
    ...renderToString(
      <CardToolbar annotation={annotation} editing={null} hasSelection={false} actions={actions} />,
    ).matchAll(/<button[^>]*aria-label="([^"(]+?)(?: \([A-Z]\))?"[^>]*>(.*?)<\/button>/g),
  ].map(([, name = '', inside = '']) => [name, drawingOf(inside)]),
)

describe('the drawings of a card mean what they mean elsewhere', () => {
  it('a chain copies a link, and nothing else', () => {
    expect([...buttons].filter(([, drawing]) => drawing === chain).map(([name]) => name)).toEqual(['Copy link'])
  })

  it('a speech bubble is a comment, and no note', () => {
    expect([...buttons.values()]).not.toContain(speech)
  })

  it('no two buttons look alike', () => {
    expect(buttons.size).toBeGreaterThanOrEqual(6)
    expect(new Set(buttons.values()).size).toBe(buttons.size)
  })

  it('a closed card counts notes, references and comments with the drawings of their buttons', () => {
    const citation = {
      id: 'c',
      stance: 'supports',
      quote: '',
      locator: '',
      quoteStart: null,
      quoteEnd: null,
      reference: {
        id: 'r',
        type: 'webpage',
        title: 'Log',
        author: '',
        publisher: '',
        issued: '',
        doi: '',
        url: '',
        hasSnapshot: false,
      },
    } as const
    const html = renderToString(
      <ClosedCard
        annotation={{ ...annotation, citations: [citation] }}
        own
        place="sentence 1"
        showAuthor={false}
        problem={null}
        isDecided={false}
        comments={2}
        actions={actions}
      />,
    )
    const shown = (words: string) => drawingOf(html.slice(html.indexOf(`title="${words}"`)))
    expect(shown('Has a note')).toBe(buttons.get('Note'))
    expect(shown('1 reference')).toBe(buttons.get('Evidence'))
    expect(shown('2 comments')).toBe(speech)
  })
})
