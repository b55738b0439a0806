import { signal } from '@preact/signals'

/** What is shown, as the address after the hash tells. */
export type Route =
  | { view: 'chats' }
  | { view: 'chat'; user: string }
  | { view: 'people' }
  | { view: 'person'; user: string }
  | { view: 'add' }
  | { view: 'invite' }
  | { view: 'settings' }
  | { view: 'network' }
  | { view: 'peers' }

export function parse(hash: string): Route {
  const [view, user] = hash.replace(/^#\/?/, '').split('/')
  if ((view === 'chat' || view === 'person') && user !== undefined && user !== '') return { view, user }
  if (view === 'people' || view === 'add' || view === 'invite' || view === 'settings' || view === 'network' || view === 'peers')
    return { view }
  return { view: 'chats' }
}

export const href = (route: Route): string => ('user' in route ? `#/${route.view}/${route.user}` : `#/${route.view}`)

export const route = signal<Route>(parse(location.hash))

addEventListener('hashchange', () => {
  route.value = parse(location.hash)
})

export function go(to: Route): void {
  location.hash = href(to)
}
