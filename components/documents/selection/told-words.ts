import { countInWords } from '@/components/ui/text/wording'
import type { DocumentsChanged } from '@/lib/domain/documents/schema'

/**
 * What became of many documents, as sentences: how many were changed, how many were so already, and for each reason how many were refused.
 * `done` is the participle, such as "deleted".
 */
export function toldInWords({ changed, unchanged, refused }: DocumentsChanged, done: string): string {
  const reasons = new Map<string, number>()
  for (const { message } of refused) reasons.set(message, (reasons.get(message) ?? 0) + 1)
  return [
    ...(changed.length > 0 || refused.length === 0 ? [`${countInWords(changed.length, 'document')} ${done}.`] : []),
    ...(unchanged.length > 0
      ? [`${String(unchanged.length)} ${unchanged.length === 1 ? 'was' : 'were'} so already.`]
      : []),
    ...[...reasons].map(
      ([message, count]) =>
        `${countInWords(count, 'document')} ${count === 1 ? 'was' : 'were'} not ${done}: ${message}`,
    ),
  ].join(' ')
}
