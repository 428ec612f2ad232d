/** The look of written text, the same in the field and where it is shown. */
export const textLook =
  '[&_ul]:list-disc [&_ul]:ps-5 [&_ol]:list-decimal [&_ol]:ps-5 [&_blockquote]:border-s-2 [&_blockquote]:border-line-strong [&_blockquote]:ps-3 [&_blockquote]:text-ink-2 ' +
  '[&_code]:rounded-sm [&_code]:bg-sunken [&_code]:px-1 [&_code]:font-mono [&_code]:text-[0.92em] [&_pre]:overflow-x-auto [&_pre]:rounded-md [&_pre]:bg-sunken [&_pre]:px-3 [&_pre]:py-2 ' +
  '[&_strong]:font-semibold [&_:is(h1,h2)]:font-serif [&_:is(h1,h2)]:text-lg [&_:is(h1,h2,h3,h4,h5,h6)]:font-semibold [&>*+*]:mt-2'
