'use client'

import type { ReactNode } from 'react'
import { KeyHint } from '../keys/key-hint'
import { openPalette } from '../keys/overlay'

/** Opens the command palette, and shows its keys where there is room. */
export function SearchButton({ icon }: { icon: ReactNode }) {
  return (
    <button
      type="button"
      onClick={openPalette}
      aria-label="Find or do anything"
      className="flex items-center gap-2.5 rounded-md text-ink-3 transition-colors hover:bg-hover hover:text-ink max-lg:size-10 max-lg:justify-center lg:border lg:border-line lg:bg-surface lg:py-1 lg:ps-2.5 lg:pe-1.5 lg:hover:border-line-strong [&_svg]:size-4 [&_svg]:shrink-0 max-lg:[&_svg]:size-4.5"
    >
      {icon}
      <span className="flex-1 text-start max-lg:hidden">Find</span>
      <span className="max-lg:hidden" aria-hidden="true">
        <KeyHint keys="Mod+k" />
      </span>
    </button>
  )
}
