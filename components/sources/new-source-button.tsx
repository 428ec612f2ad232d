'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { Button } from '@/components/ui/controls/button'
import type { ButtonVariant } from '@/components/ui/controls/button-classes'
import { SourceDialog } from './source-dialog'

/** Opens the form of a new source and goes to it once it is made. */
export function NewSourceButton({ variant }: { variant?: ButtonVariant | undefined }) {
  const router = useRouter()
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button
        variant={variant}
        onClick={() => {
          setOpen(true)
        }}
      >
        New source
      </Button>
      <SourceDialog
        open={open}
        onClose={() => {
          setOpen(false)
        }}
        onSaved={(source) => {
          setOpen(false)
          router.push(`/sources/${source.id}`)
        }}
      />
    </>
  )
}
