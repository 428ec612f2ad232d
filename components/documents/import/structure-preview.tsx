'use client'

import { useState, type ReactNode } from 'react'
import { Button } from '@/components/ui/button'
import { classNames } from '@/components/ui/class-names'
import { countInWords } from '@/components/ui/wording'
import type {
  BlockNode,
  DocumentContent,
  InlineNode,
  ListItemNode,
  Mark,
  TableCellNode,
  TableRowNode,
} from '@/lib/domain/text/model'
import { scopeNames } from '@/components/review/scope-names'

/** How many parts are shown at first. */
const firstParts = 80

const markElements: Record<
  Exclude<Mark['type'], 'link' | 'citation' | 'syntax'>,
  'strong' | 'em' | 's' | 'code' | 'sup' | 'sub'
> = {
  bold: 'strong',
  italic: 'em',
  strike: 's',
  code: 'code',
  superscript: 'sup',
  subscript: 'sub',
}

function marked(text: ReactNode, mark: Mark): ReactNode {
  if (mark.type === 'link') {
    return (
      <span title={mark.attrs.href} className="underline decoration-line-strong underline-offset-2">
        {text}
      </span>
    )
  }
  if (mark.type === 'citation') return <span className="font-sans text-[0.8em] font-semibold text-accent">{text}</span>
  if (mark.type === 'syntax') return <span className="text-ink-3">{text}</span>
  const Element = markElements[mark.type]
  return <Element>{text}</Element>
}

function Inline({ nodes }: { nodes: readonly InlineNode[] | undefined }) {
  return (nodes ?? []).map((node, at) =>
    node.type === 'hardBreak' ? (
      <br key={at} />
    ) : (
      <span key={at}>{(node.marks ?? []).reduce<ReactNode>(marked, node.text)}</span>
    ),
  )
}

const headingSizes = ['', 'text-xl', 'text-lg', 'text-md', 'text-md', 'text-base', 'text-base']

function Block({ node }: { node: BlockNode }): ReactNode {
  switch (node.type) {
    case 'heading':
      // Not a heading of this page, only a picture of one.
      return (
        <p className={classNames('font-semibold', headingSizes[node.attrs.level])}>
          <Inline nodes={node.content} />
        </p>
      )
    case 'paragraph':
      return (
        <p>
          <Inline nodes={node.content} />
        </p>
      )
    case 'note':
      return (
        <p className="text-sm">
          <span className="font-semibold text-accent">{node.attrs.label} </span>
          <Inline nodes={node.content} />
        </p>
      )
    case 'codeBlock':
    case 'preformatted':
      return (
        <pre dir="auto" className="overflow-x-auto rounded-sm bg-sunken p-2 font-mono text-sm">
          <Inline nodes={node.content} />
        </pre>
      )
    case 'blockquote':
      return (
        <blockquote className="border-s-2 border-line-strong ps-3 italic">
          <Blocks nodes={node.content} />
        </blockquote>
      )
    case 'bulletList':
    case 'orderedList': {
      const List = node.type === 'bulletList' ? 'ul' : 'ol'
      return (
        <List
          className={classNames(
            'ms-5 grid gap-0.5',
            node.attrs?.marked === true ? 'list-none' : node.type === 'bulletList' ? 'list-disc' : 'list-decimal',
          )}
        >
          {node.content.map((item: ListItemNode, at) => (
            <li key={at}>
              <Blocks nodes={item.content} />
            </li>
          ))}
        </List>
      )
    }
    case 'table':
      return (
        <div className="overflow-x-auto">
          <table className="border-collapse text-sm">
            <tbody>
              {node.content.map((row: TableRowNode, at) => (
                <tr key={at}>
                  {row.content.map((cell: TableCellNode, column) => (
                    <td
                      key={column}
                      colSpan={cell.attrs?.colspan}
                      rowSpan={cell.attrs?.rowspan}
                      className={classNames(
                        'border border-line-strong px-2 py-1 align-top',
                        cell.type === 'tableHeader' && 'font-semibold',
                      )}
                    >
                      <Blocks nodes={cell.content} />
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )
    case 'image':
      return <p className="text-ink-3">[image{node.attrs.alt === '' ? '' : `: ${node.attrs.alt}`}]</p>
    case 'horizontalRule':
      return <hr className="border-line-strong" />
  }
}

function Blocks({ nodes }: { nodes: readonly BlockNode[] }) {
  return nodes.map((node, at) => <Block key={at} node={node} />)
}

function labelOf(node: BlockNode): string {
  switch (node.type) {
    case 'heading':
      return `Heading ${String(node.attrs.level)}`
    case 'bulletList':
    case 'orderedList':
      return `List of ${String(node.content.length)}`
    case 'table':
      return `Table, ${countInWords(node.content.length, 'row')}`
    case 'blockquote':
      return 'Quote'
    case 'note':
      return 'Note'
    case 'codeBlock':
    case 'preformatted':
      return 'As typed'
    case 'image':
      return 'Image'
    case 'horizontalRule':
      return 'Rule'
    case 'paragraph':
      return ''
  }
}

/** The parts of a text as they were recognised, each with what it is; parts that do not count are dimmed and say why. */
export function StructurePreview({ content }: { content: DocumentContent }) {
  const [all, setAll] = useState(false)
  const parts = all ? content.content : content.content.slice(0, firstParts)
  const hidden = content.content.length - parts.length
  return (
    <div
      role="region"
      aria-label="The text as it was recognised"
      tabIndex={0}
      className="max-h-[34rem] overflow-y-auto rounded-md border border-line bg-paper px-4 py-3"
    >
      {parts.map((node, at) => {
        const scope = node.attrs?.scope ?? null
        const label = scope === null ? labelOf(node) : 'Does not count'
        return (
          <div
            key={at}
            className={classNames(
              'grid gap-x-4 py-1 md:grid-cols-[7.5rem_minmax(0,1fr)]',
              scope !== null && 'text-ink-3',
            )}
          >
            <div className={classNames('pt-0.5 text-xs text-ink-3', label === '' && 'max-md:hidden')}>
              {label}
              {scope !== null && <span className="block max-md:inline"> {scopeNames[scope]}</span>}
            </div>
            <div
              dir="auto"
              className={classNames(
                'min-w-0 font-serif text-md leading-relaxed [overflow-wrap:anywhere]',
                scope !== null && 'border-s border-dashed border-line-strong ps-3',
              )}
            >
              <Block node={node} />
            </div>
          </div>
        )
      })}
      {hidden > 0 && (
        <div className="pt-3 text-center">
          <Button
            size="small"
            onClick={() => {
              setAll(true)
            }}
          >
            Show {countInWords(hidden, 'more part', 'more parts')}
          </Button>
        </div>
      )}
    </div>
  )
}
