import { lazy, type ComponentType, type LazyExoticComponent } from 'react'
import { untilLoaded } from './until-loaded'

/**
 * A component that is loaded when it is first shown, like React's `lazy`. Without a connection its fallback stays until it can be had: a part that is
 * missing must not take the page away, with what is written there.
 */
export function lazyPart<Props>(load: () => Promise<ComponentType<Props>>): LazyExoticComponent<ComponentType<Props>> {
  return lazy(async () => ({ default: await untilLoaded(load) }))
}
