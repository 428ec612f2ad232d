import { useMemo } from 'react'
import type { DocumentContent } from '@/lib/domain/text/model'
import { scopeRegions } from '@/lib/domain/text/scope'
import { buildTextIndex } from '@/lib/domain/text/text-index'
import { PassageReader } from '@/components/reader/passage-reader'
import { scopeNames } from '@/components/review/scope-names'

export interface StructurePreviewProps {
  content: DocumentContent
  language: string
}

/** The text as it was recognised, in the reader in which it will be read; what does not count is folded and says why. */
export function StructurePreview({ content, language }: StructurePreviewProps) {
  const folded = useMemo(
    () =>
      scopeRegions(buildTextIndex(content)).map(({ start, end, reason }) => ({
        start,
        end,
        reason,
        label: `Does not count: ${scopeNames[reason]}`,
      })),
    [content],
  )
  return (
    <div
      role="region"
      aria-label="The text as it was recognised"
      tabIndex={0}
      className="max-h-[34rem] overflow-y-auto rounded-md border border-line bg-paper px-5 py-4"
    >
      <PassageReader content={content} language={language} label="The text as it was recognised" folded={folded} />
    </div>
  )
}
