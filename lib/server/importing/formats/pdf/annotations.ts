import { z } from 'zod'
import type { PdfPage } from './engine'

/** Text in a rectangle of a page, in points from its lower left corner: left, bottom, right, top. */
export interface BoxedText {
  text: string
  rect: [number, number, number, number]
  /** The font size in points; null when the text is fitted to the rectangle. */
  size: number | null
  /** The height of its first line's baseline above the bottom, in points; null when unknown. */
  baseline: number | null
}

/** The content of a page outside its text. */
export interface PageAnnotations {
  /** The values of form fields, and text typed onto the page. */
  texts: BoxedText[]
  /** The names of filled fields, from the top of the page to its foot. */
  filled: string[]
  /** Buttons by the ids of their annotations. */
  buttons: Map<string, BoxedText['rect']>
  /** The number of comments on the page. */
  comments: number
}

/** Flags of annotations that are not shown on a screen. */
const [hiddenFlag, noViewFlag] = [2, 32]

/** The longest part of a field that is read, in characters. */
const maxFieldLength = 100_000

const textSchema = z.string().catch('')
const optionSchema = z.object({ exportValue: textSchema, displayValue: textSchema })

const annotationSchema = z.object({
  id: textSchema,
  subtype: textSchema,
  annotationFlags: z.number().catch(0),
  rect: z.tuple([z.number(), z.number(), z.number(), z.number()]),
  contentsObj: z.object({ str: textSchema }).catch({ str: '' }),
  defaultAppearanceData: z.object({ fontSize: z.number() }).nullable().catch(null),
  textPosition: z.tuple([z.number(), z.number()]).nullable().catch(null),
  fieldType: textSchema,
  fieldName: textSchema,
  alternativeText: textSchema,
  fieldValue: z.union([z.string().transform((value) => [value]), z.array(textSchema)]).catch([]),
  options: z.array(optionSchema).catch([]),
  combo: z.boolean().catch(false),
  password: z.boolean().catch(false),
  pushButton: z.boolean().catch(false),
  exportValue: z.string().nullable().catch(null),
  buttonValue: z.string().nullable().catch(null),
})

type Annotation = z.infer<typeof annotationSchema>

const commentKinds = new Set(['Text', 'Highlight', 'Underline', 'Squiggly', 'StrikeOut', 'Caret'])

/** Reads the form fields of a page, text typed onto it, and the number of its comments. Hidden annotations are left out. */
export async function readAnnotations(page: PdfPage): Promise<PageAnnotations> {
  const given: unknown[] = await page.getAnnotations({ intent: 'display' })
  const found: PageAnnotations = { texts: [], filled: [], buttons: new Map(), comments: 0 }
  const shown = given
    .flatMap((one) => annotationSchema.safeParse(one).data ?? [])
    .filter(({ annotationFlags }) => (annotationFlags & (hiddenFlag | noViewFlag)) === 0)
    .sort(({ rect: one }, { rect: other }) => other[3] - one[3] || one[0] - other[0])
  for (const annotation of shown) {
    const { id, subtype, rect, contentsObj } = annotation
    if (subtype === 'FreeText') addText(found, annotation, contentsObj.str)
    else if (subtype === 'Widget' && annotation.pushButton) found.buttons.set(id, rect)
    else if (subtype === 'Widget') addField(found, annotation)
    else if (commentKinds.has(subtype) && contentsObj.str.trim() !== '') found.comments += 1
  }
  return found
}

function addField(found: PageAnnotations, annotation: Annotation): void {
  const { fieldName, alternativeText } = annotation
  const value = readField(annotation)
  if (!addText(found, annotation, value)) return
  const name = (alternativeText || fieldName).replace(/[\s\p{Cc}]+/gu, ' ').trim()
  if (name !== '') found.filled.push(name)
}

/** The value of a field as displayed; empty for an empty field. A ticked box has a sign. */
function readField({ fieldType, fieldValue, ...field }: Annotation): string {
  if (field.password) return ''
  if (fieldType === 'Tx') return fieldValue.join('\n')
  const isChosen = (value: string) => fieldValue.includes(value)
  if (fieldType === 'Btn') {
    const own = field.exportValue ?? field.buttonValue
    return own !== null && own !== 'Off' && isChosen(own) ? ticked : ''
  }
  if (fieldType !== 'Ch') return ''
  const chosen = field.options.filter(({ exportValue }) => isChosen(exportValue))
  if (field.combo) return chosen[0]?.displayValue ?? fieldValue.join(', ')
  return field.options
    .map((option) => (chosen.includes(option) ? `${ticked} ${option.displayValue}` : option.displayValue))
    .join('\n')
}

/** The sign for a ticked box, also put before the chosen options of a list. */
const ticked = '☑'

function addText(found: PageAnnotations, annotation: Annotation, text: string): boolean {
  const { rect, defaultAppearanceData, textPosition } = annotation
  if (text.trim() === '') return false
  const size = defaultAppearanceData?.fontSize ?? 0
  found.texts.push({
    text: text.slice(0, maxFieldLength),
    rect,
    size: size > 0 ? size : null,
    baseline: textPosition?.[1] ?? null,
  })
  return true
}
