import type { Wire, World } from './stream.ts'

/** The browser as the stream sees it. */
export const browserWorld: World = {
  open(since) {
    const scheme = location.protocol === 'https:' ? 'wss' : 'ws'
    const socket = new WebSocket(`${scheme}://${location.host}/api/v1/events?since=${since}`)
    const wire: Wire = {
      onOpen: () => {},
      onText: () => {},
      onClosed: () => {},
      close: () => socket.close(),
    }
    socket.onopen = () => wire.onOpen()
    socket.onmessage = (message) => wire.onText(String(message.data))
    socket.onclose = (closed) => wire.onClosed(closed.code)
    return wire
  },
  after(millis, task) {
    const timer = setTimeout(task, millis)
    return () => clearTimeout(timer)
  },
  now: () => Date.now(),
  chance: () => Math.random(),
}
