import { signal, type Signal } from '@preact/signals'

/** Counts what changed, so that a view draws again only for its own: of all people, of one, of the open conversation. */
export const contactsVersion = signal(0)
export const chatsVersion = signal(0)
export const timelineVersion = signal(0)
export const pendingVersion = signal(0)

const versionByUser = new Map<string, Signal<number>>()

export function versionOf(user: string): Signal<number> {
  const here = versionByUser.get(user) ?? signal(0)
  versionByUser.set(user, here)
  return here
}

export function contactTouched(user: string): void {
  versionOf(user).value++
  contactsVersion.value++
}

export function chatTouched(user: string): void {
  versionOf(user).value++
  chatsVersion.value++
}

export function allTouched(): void {
  for (const version of versionByUser.values()) version.value++
  contactsVersion.value++
  chatsVersion.value++
  timelineVersion.value++
}
