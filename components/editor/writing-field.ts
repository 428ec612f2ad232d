/** Finds what takes the focus in a rich-text field, before the editor is loaded and after. */
export const writingField = '[data-rich-text] :is(textarea, [role=textbox])'
