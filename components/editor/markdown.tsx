import type { Nodes, RootContent, Table } from 'mdast'
import { fromMarkdown } from 'mdast-util-from-markdown'
import { gfmFromMarkdown } from 'mdast-util-gfm'
import { gfm } from 'micromark-extension-gfm'
import type { ReactNode } from 'react'
import { classNames } from '@/components/ui/class-names'
import { isTangled } from '@/lib/domain/text/markdown-work'

const options = { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] }

const hrefPattern = /^(?:https?:\/\/|mailto:)[^\s<>"]+$/i

interface Visit {
  hrefs: ReadonlyMap<string, string>
  depth: number
  showText: ((text: string) => ReactNode) | undefined
}

/** Addresses by their reference labels in the text. */
function readDefinitions(nodes: readonly RootContent[]): Map<string, string> {
  return new Map(nodes.flatMap((node) => (node.type === 'definition' ? [[node.identifier, node.url]] : [])))
}

function renderAll(nodes: readonly Nodes[], visit: Visit): ReactNode[] {
  if (visit.depth > 100) return []
  return nodes.map((node, at) => <Piece key={at} node={node} visit={{ ...visit, depth: visit.depth + 1 }} />)
}

function Anchor({ href, children }: { href: string | undefined; children: ReactNode }) {
  if (href === undefined || !hrefPattern.test(href)) return children
  return (
    <a href={href} rel="noreferrer noopener nofollow" className="text-accent underline">
      {children}
    </a>
  )
}

function TablePiece({ node, visit }: { node: Table; visit: Visit }) {
  const [head, ...rows] = node.children
  return (
    <div className="overflow-x-auto" tabIndex={0} role="group" aria-label="Table">
      <table className="border-collapse text-sm [&_td]:border [&_td]:border-line [&_td]:px-2 [&_td]:py-1 [&_th]:border [&_th]:border-line [&_th]:px-2 [&_th]:py-1 [&_th]:text-start">
        <thead>
          <tr>
            {head?.children.map((cell, at) => (
              <th key={at} scope="col">
                {renderAll(cell.children, visit)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, at) => (
            <tr key={at}>
              {row.children.map((cell, column) => (
                <td key={column}>{renderAll(cell.children, visit)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** Renders one node. HTML is shown as its source characters; a picture is named and never fetched. */
function Piece({ node, visit }: { node: Nodes; visit: Visit }): ReactNode {
  const inner = () => ('children' in node ? renderAll(node.children, visit) : null)
  switch (node.type) {
    case 'heading':
      // The surrounding page uses the first levels.
      return node.depth <= 2 ? (
        <h3 dir="auto" className="mt-2 font-serif text-lg font-semibold">
          {inner()}
        </h3>
      ) : (
        <h4 dir="auto" className="mt-1 font-semibold">
          {inner()}
        </h4>
      )
    case 'paragraph':
      return <p dir="auto">{inner()}</p>
    case 'list': {
      const Tag = node.ordered === true ? 'ol' : 'ul'
      return (
        <Tag
          {...(node.ordered === true && node.start != null && node.start !== 1 ? { start: node.start } : {})}
          className={classNames('grid gap-1 ps-5', node.ordered === true ? 'list-decimal' : 'list-disc')}
        >
          {inner()}
        </Tag>
      )
    }
    case 'listItem':
      return (
        <li dir="auto" className="[&>*+*]:mt-1">
          {node.checked != null && (node.checked ? '☑ ' : '☐ ')}
          {inner()}
        </li>
      )
    case 'blockquote':
      return <blockquote className="grid gap-2 border-s-2 border-line-strong ps-3 text-ink-2">{inner()}</blockquote>
    case 'code':
      return (
        <pre dir="ltr" tabIndex={0} className="overflow-x-auto rounded-md bg-sunken px-3 py-2 font-mono text-sm">
          {node.value}
        </pre>
      )
    case 'table':
      return <TablePiece node={node} visit={visit} />
    case 'thematicBreak':
      return <hr className="border-line" />
    case 'footnoteDefinition':
      return (
        <div className="flex gap-2 text-sm text-ink-2">
          <sup>{node.label ?? node.identifier}</sup>
          <div>{inner()}</div>
        </div>
      )
    case 'definition':
      return null
    case 'text':
      return visit.showText === undefined ? node.value : visit.showText(node.value)
    case 'html':
      return <span className="text-ink-3">{node.value}</span>
    case 'strong':
      return <strong className="font-semibold">{inner()}</strong>
    case 'emphasis':
      return <em>{inner()}</em>
    case 'delete':
      return <s>{inner()}</s>
    case 'inlineCode':
      return <code className="rounded-sm bg-sunken px-1 font-mono text-[0.92em]">{node.value}</code>
    case 'break':
      return <br />
    case 'link':
      return <Anchor href={node.url}>{inner()}</Anchor>
    case 'linkReference':
      return <Anchor href={visit.hrefs.get(node.identifier)}>{inner()}</Anchor>
    case 'image':
    case 'imageReference':
      return <span className="text-ink-3">[Picture: {node.alt ?? 'no description'}]</span>
    case 'footnoteReference':
      return <sup>{node.label ?? node.identifier}</sup>
    default:
      return inner()
  }
}

/**
 * Renders GitHub-flavoured Markdown as React elements: HTML in the text stays text, links lead to http, https and mailto only, and pictures are named
 * and never fetched. Works on the server and in the browser.
 */
export function Markdown({
  source,
  className,
  showText,
}: {
  source: string
  className?: string | undefined
  /** Replaces words by other elements, such as names in bold. */
  showText?: ((text: string) => ReactNode) | undefined
}) {
  const classes = classNames('grid gap-3 leading-relaxed [overflow-wrap:anywhere]', className)
  if (isTangled(source)) {
    return (
      <div className={classes}>
        <p className="text-sm text-ink-3">Shown as it is written: it has more Markdown than can be laid out quickly.</p>
        <div dir="auto" className="whitespace-pre-wrap">
          {source}
        </div>
      </div>
    )
  }
  const { children } = fromMarkdown(source, options)
  return <div className={classes}>{renderAll(children, { hrefs: readDefinitions(children), depth: 0, showText })}</div>
}
