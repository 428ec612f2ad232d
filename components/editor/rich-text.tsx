'use client'

import { Suspense, type ReactNode } from 'react'
import { classNames } from '@/components/ui/class-names'
import { lazyPart } from '@/lib/client/lazy-part'

const Markdown = lazyPart(() => import('./markdown').then(({ Markdown }) => Markdown))

/** Signs that mean something in Markdown; most notes have none, and need no parser. */
const signs = /[*_~`[\]<&\\|]|https?:|www\.|^ {0,3}(?:#|>|[-+] |\d{1,9}[.)] |={1,}$|-+$)|^(?: {4}|\t)/m

/**
 * What someone wrote in a rich-text field, with its lists, links and marks. Line ends stay line ends. The parser is loaded with the first text that
 * needs it; until then the words are shown as they are stored.
 */
export function RichText({
  source,
  className,
  showText,
}: {
  source: string
  className?: string | undefined
  /** Shows words in another way, as names in bold. */
  showText?: ((text: string) => ReactNode) | undefined
}) {
  const plain = (
    <p dir="auto" className={classNames('whitespace-pre-wrap [overflow-wrap:anywhere]', className)}>
      {showText === undefined ? source : showText(source)}
    </p>
  )
  if (!signs.test(source)) return plain
  return (
    <Suspense fallback={plain}>
      <Markdown source={source} showText={showText} className={classNames('[&_p]:whitespace-pre-wrap', className)} />
    </Suspense>
  )
}
