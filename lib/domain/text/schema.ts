import { z } from 'zod'
import { isAllowedHref } from './href'
import { outOfScopeReasons, type BlockNode, type DocumentContent } from './model'

/** The most nodes (blocks, text runs, breaks) one document may hold. */
export const maxDocumentNodes = 500_000

/** How deeply blocks may be nested; the document node is level 0. */
export const maxDocumentDepth = 64

/** The raised and lowered parts of quoted words; left out where there are none. See quotation.ts. */
export const scriptSchema = z
  .array(z.object({ start: z.number().int(), end: z.number().int(), is: z.enum(['raised', 'lowered']) }))
  .min(1)
  .optional()
  .describe(
    'The raised and lowered parts of the words, in UTF-16 code units from their start; left out when there are none.',
  )

const scopeSchema = z.enum(outOfScopeReasons).nullable().optional()
const hrefSchema = z.string().refine(isAllowedHref, 'A link address starts with http://, https:// or mailto:.')

/** One inline mark; see `Mark` in model.ts. */
export const markSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.enum(['bold', 'italic', 'strike', 'code', 'superscript', 'subscript', 'syntax']) }),
  z.strictObject({ type: z.literal('link'), attrs: z.strictObject({ href: hrefSchema }) }),
  z.strictObject({ type: z.literal('citation'), attrs: z.strictObject({ label: z.string().max(200) }) }),
])

const inlineSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('text'), text: z.string().min(1), marks: z.array(markSchema).max(12).optional() }),
  z.strictObject({ type: z.literal('hardBreak') }),
])
const inlinesSchema = z.array(inlineSchema).optional()
const topAttrs = { scope: scopeSchema, page: z.string().min(1).max(40).optional() }
const scopeAttrs = z.strictObject(topAttrs).optional()

const blockSchema: z.ZodType<BlockNode> = z.lazy(() =>
  z.discriminatedUnion('type', [
    z.strictObject({
      type: z.literal('heading'),
      attrs: z.strictObject({
        ...topAttrs,
        level: z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4), z.literal(5), z.literal(6)]),
      }),
      content: inlinesSchema,
    }),
    z.strictObject({ type: z.literal('paragraph'), attrs: scopeAttrs, content: inlinesSchema }),
    z.strictObject({
      type: z.literal('codeBlock'),
      attrs: z.strictObject({ ...topAttrs, language: z.string().max(100).nullable().optional() }).optional(),
      content: inlinesSchema,
    }),
    z.strictObject({ type: z.literal('preformatted'), attrs: scopeAttrs, content: inlinesSchema }),
    z.strictObject({
      type: z.literal('note'),
      attrs: z.strictObject({ ...topAttrs, label: z.string().max(200) }),
      content: inlinesSchema,
    }),
    z.strictObject({ type: z.literal('blockquote'), attrs: scopeAttrs, content: z.array(blockSchema).min(1) }),
    z.strictObject({
      type: z.literal('bulletList'),
      attrs: z.strictObject({ ...topAttrs, marked: z.boolean().optional() }).optional(),
      content: z.array(listItemSchema).min(1),
    }),
    z.strictObject({
      type: z.literal('orderedList'),
      attrs: z
        .strictObject({ ...topAttrs, marked: z.boolean().optional(), start: z.number().int().optional() })
        .optional(),
      content: z.array(listItemSchema).min(1),
    }),
    z.strictObject({ type: z.literal('table'), attrs: scopeAttrs, content: z.array(tableRowSchema).min(1) }),
    z.strictObject({
      type: z.literal('image'),
      attrs: z.strictObject({
        ...topAttrs,
        alt: z.string().max(4000),
        src: z
          .string()
          .max(4000)
          .regex(/^https?:\/\//i, 'An image address starts with http:// or https://.')
          .nullable()
          .optional(),
      }),
    }),
    z.strictObject({ type: z.literal('horizontalRule'), attrs: scopeAttrs }),
  ]),
)
const listItemSchema = z.strictObject({ type: z.literal('listItem'), content: z.array(blockSchema).min(1) })
const spanSchema = z.number().int().min(1).max(1000).optional()
const tableCellSchema = z.strictObject({
  type: z.enum(['tableCell', 'tableHeader']),
  attrs: z.strictObject({ colspan: spanSchema, rowspan: spanSchema }).optional(),
  content: z.array(blockSchema).min(1),
})
const tableRowSchema = z.strictObject({ type: z.literal('tableRow'), content: z.array(tableCellSchema) })

/** What is wrong with the size of a document, or null. Works on any value, without recursion, so it is safe before zod descends. */
export function findSizeProblem(value: unknown): string | null {
  const pending: { node: unknown; depth: number }[] = [{ node: value, depth: 0 }]
  let count = 0
  for (let next = pending.pop(); next; next = pending.pop()) {
    count += 1
    if (count > maxDocumentNodes) return `A document may hold at most ${String(maxDocumentNodes)} nodes.`
    if (next.depth > maxDocumentDepth) return `Blocks may be nested at most ${String(maxDocumentDepth)} levels deep.`
    if (typeof next.node !== 'object' || next.node === null || !('content' in next.node)) continue
    const { content } = next.node
    if (!Array.isArray(content)) continue
    for (const child of content) pending.push({ node: child, depth: next.depth + 1 })
  }
  return null
}

/**
 * A whole structured document as stored or received: known nodes and marks only, links to http, https and mailto only,
 * at most `maxDocumentNodes` nodes and `maxDocumentDepth` levels.
 */
export const documentContentSchema: z.ZodType<DocumentContent> = z
  .unknown()
  .superRefine((value, context) => {
    const problem = findSizeProblem(value)
    if (problem !== null) context.addIssue({ code: 'custom', message: problem })
  })
  .pipe(z.strictObject({ type: z.literal('doc'), content: z.array(blockSchema) }))
