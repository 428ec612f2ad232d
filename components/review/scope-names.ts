import type { OutOfScopeReason } from '@/lib/domain/text/model'

/** Why a part of the text does not count, in words. */
export const scopeNames: Record<OutOfScopeReason, string> = {
  'table-of-contents': 'Table of contents',
  'link-list': 'List of links',
  'comment-form': 'Comment form',
  comments: 'Readers’ comments',
  'reference-list': 'List of references',
  navigation: 'Navigation',
  boilerplate: 'Not part of the article',
}
