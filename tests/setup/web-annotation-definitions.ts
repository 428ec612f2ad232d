/**
 * The definitions to which the W3C's schemas of the Web Annotation Data Model refer and which do not come with them. Written after the Recommendation
 * (https://www.w3.org/TR/annotation-model/), in JSON Schema draft 04, under the names that the schemas use.
 */

type Schema = Record<string, unknown>

const uri: Schema = { type: 'string', format: 'uri' }
const oneUri: Schema = { oneOf: [uri, { type: 'array', minItems: 1, maxItems: 1, items: uri }] }
const instant: Schema = { type: 'string', format: 'date-time' }
const words: Schema = { type: 'string' }
const count: Schema = { type: 'integer', minimum: 0 }

const all = (...schemas: Schema[]): Schema => ({ allOf: schemas })
const having = (properties: Record<string, Schema>, required: readonly string[] = Object.keys(properties)): Schema => ({
  type: 'object',
  properties,
  ...(required.length === 0 ? {} : { required }),
})
const has = (...keys: string[]): Schema => ({ type: 'object', required: keys })
const optional = (key: string, value: Schema): Schema => having({ [key]: value }, [])
const oneOrMany = (value: Schema): Schema => ({ oneOf: [value, { type: 'array', minItems: 1, items: value }] })
/** Matches lists with at least one item that matches `value`. */
const including = (value: Schema): Schema => ({ type: 'array', not: { items: { not: value } } })
const ofType = (...names: string[]): Schema =>
  having({ type: { oneOf: [{ enum: names }, including({ enum: names })] } })
const someItem = (value: Schema): Schema => having({ items: including(value) })
const everyItem = (value: Schema): Schema =>
  optional('items', { type: 'array', minItems: 1, items: { anyOf: [uri, value] } })
const whenTyped = (name: string, value: Schema): Schema => ({ anyOf: [{ not: ofType(name) }, value] })

const valid = {
  created: optional('created', instant),
  modified: optional('modified', instant),
  generated: optional('generated', instant),
  rights: optional('rights', oneOrMany(uri)),
  via: optional('via', oneOrMany(uri)),
  canonical: optional('canonical', oneUri),
  textDirection: optional('textDirection', { enum: ['ltr', 'rtl', 'auto'] }),
}
/** A resource whose source, when it is described, follows the same rule. */
const inSource = (value: Schema): Schema => optional('source', { anyOf: [uri, value] })

const textual = having({ value: words })
const textualWithoutId = all(ofType('TextualBody'), { not: has('id') })
const external = all(having({ id: oneUri }), {
  not: { anyOf: [has('value'), has('source'), has('target'), ofType('Choice', 'Composite', 'List', 'Independents')] },
})
const source = having({ source: { anyOf: [uri, external] } })
const specific = all(source, {
  anyOf: ['purpose', 'selector', 'state', 'styleClass', 'renderedVia', 'scope'].map((key) => has(key)),
})
const set = all(ofType('Choice', 'Composite', 'List', 'Independents'), has('items'))
const resource = (...more: Schema[]): Schema => ({ anyOf: [uri, set, specific, external, ...more] })

const selectors: Record<string, Schema> = {
  fragmentSelector: whenTyped('FragmentSelector', having({ value: words })),
  cssSelector: whenTyped('CssSelector', having({ value: words })),
  xpathSelector: whenTyped('XPathSelector', having({ value: words })),
  textQuoteSelector: whenTyped('TextQuoteSelector', having({ exact: words, prefix: words, suffix: words }, ['exact'])),
  textPositionSelector: whenTyped('TextPositionSelector', having({ start: count, end: count })),
  dataPositionSelector: whenTyped('DataPositionSelector', having({ start: count, end: count })),
  svgSelector: whenTyped('SvgSelector', { oneOf: [having({ value: words }), having({ id: oneUri })] }),
  rangeSelector: whenTyped('RangeSelector', has('startSelector', 'endSelector')),
}
const kindsOfSelector = Object.keys(selectors).map((name) => {
  const kind = name.charAt(0).toUpperCase() + name.slice(1)
  return kind.replace('Xpath', 'XPath')
})
const selector: Schema = {
  anyOf: [uri, having({ id: oneUri }), all(ofType(...kindsOfSelector), ...Object.values(selectors))],
}
const states: Record<string, Schema> = {
  timeState: whenTyped(
    'TimeState',
    all(optional('sourceDate', oneOrMany(instant)), optional('cached', oneOrMany(uri)), {
      anyOf: [has('sourceDate'), has('sourceDateStart', 'sourceDateEnd'), has('cached')],
    }),
  ),
  requestHeaderState: whenTyped('HttpRequestState', having({ value: words })),
}
const state: Schema = {
  anyOf: [uri, having({ id: oneUri }), all(ofType('TimeState', 'HttpRequestState'), ...Object.values(states))],
}
const selectorDefined = optional('selector', oneOrMany(selector))
const stateDefined = optional('state', oneOrMany(state))
const refined = optional('refinedBy', oneOrMany({ anyOf: [selector, state] }))
const refinedBy = all(
  optional('selector', oneOrMany({ anyOf: [uri, refined] })),
  optional('state', oneOrMany({ anyOf: [uri, refined] })),
)

const named = (schemas: Record<string, Schema>, suffix: string) =>
  Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [`${name}${suffix}`, schema]))
const capital = (name: string) => name.charAt(0).toUpperCase() + name.slice(1)

/** The definitions by the file name under which the schemas look for them. */
export const definitions: Record<string, Record<string, Schema>> = {
  'id.json': { stringUri: uri, arraySingleStringUri: oneUri, idValueFound: having({ id: oneUri }) },
  'annotations.json': {
    contextValueFound: { enum: ['http://www.w3.org/ns/anno.jsonld'] },
    contextValueInArrayFound: including({ enum: ['http://www.w3.org/ns/anno.jsonld'] }),
    annotationTypeValueFound: ofType('Annotation'),
    bodyValueValidIfPresent: optional('bodyValue', words),
  },
  'otherProperties.json': named(valid, 'ValidIfPresent'),
  'choiceSet.json': {
    choiceSetWithValue: all(set, has('value')),
    choiceSetWithSource: all(set, has('source')),
    choiceSetWithPurpose: all(set, has('purpose')),
  },
  'bodyTarget.json': {
    textDirectionValidIfPresent: valid.textDirection,
    targetResourcesFound: resource(),
    bodyResourcesFound: resource(textual),
    ...Object.fromEntries(
      ['purpose', 'items'].flatMap((key) => {
        const wrong = all(external, has(key))
        const name = capital(key)
        return [
          [`ewrWith${name}`, wrong],
          [`sourceEwrWith${name}`, having({ source: wrong })],
          [`itemEwrWith${name}`, someItem(wrong)],
        ]
      }),
    ),
    embeddedTextualBodyWithSource: all(textual, has('source')),
    embeddedTextualBodyWithItems: all(textual, has('items')),
    itemETBWithSource: someItem(all(textual, has('source'))),
    itemETBWithItems: someItem(all(textual, has('items'))),
    embeddedTextTypeInclTextualBodyWithoutId: textualWithoutId,
    itemEmbeddedTextTypeInclTextualBodyWithoutId: someItem(textualWithoutId),
  },
  'specificResource.json': {
    specificResourceWithValue: all(specific, has('value')),
    specificResourceWithItems: all(specific, has('items')),
    itemSRWithValue: someItem(all(specific, has('value'))),
    itemSRWithItems: someItem(all(specific, has('items'))),
    ...Object.fromEntries(Object.entries(valid).map(([key, rule]) => [`sourceWith${capital(key)}`, inSource(rule)])),
    styleClassDetected: all(source, having({ styleClass: oneOrMany(words) })),
    itemStyleClassPropertyDetected: someItem(all(source, having({ styleClass: oneOrMany(words) }))),
    selectorDefined,
    itemSelectorValidIfPresent: everyItem(selectorDefined),
    stateDefined,
    itemStateValidIfPresent: everyItem(stateDefined),
    checkForRefinedBy: refinedBy,
    itemRefinedByValidIfPresent: everyItem(refinedBy),
    ...named(selectors, 'TypeValidIfPresent'),
    ...named(states, 'TypeValidIfPresent'),
  },
}
