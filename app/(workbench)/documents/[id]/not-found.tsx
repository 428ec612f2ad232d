import { Notice } from '@/components/shell/notices/notice'
import { LinkButton } from '@/components/ui/controls/button'

export default function DocumentNotFound() {
  return (
    <Notice
      title="This document is not here"
      actions={
        <LinkButton href="/documents" variant="primary">
          Go to documents
        </LinkButton>
      }
    >
      It may have been deleted or belong to another workspace, or the link names a revision that does not exist. A lead
      can bring a deleted document back.
    </Notice>
  )
}
