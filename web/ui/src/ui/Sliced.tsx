import type { ComponentChildren, RefObject } from 'preact'
import { useLayoutEffect, useRef, useState } from 'preact/hooks'

/** Rows drawn above and below what is seen. */
const SPARE = 8

/** Rows are drawn in steps of so many, so that most pixels of scrolling draw nothing. */
const STEP = 4

interface SlicedProps {
  keys: readonly string[]
  rowHeight: number
  label: string
  row: (key: string, index: number) => ComponentChildren
  /** Where the keyboard begins; the first row when it is not in the list. */
  current?: string | undefined
}

/**
 * A long list of rows of one height, of which only those in sight are drawn. One row is in the tab order; arrows, Home, End and the
 * page keys move it (the row's first link or button has the focus).
 */
export function Sliced({ keys, rowHeight, label, row, current }: SlicedProps) {
  const scroller = useRef<HTMLDivElement>(null)
  const [range, setRange] = useState({ from: 0, to: 30 })
  const [focused, setFocused] = useState<string | null>(null)
  const wanted = useRef<string | null>(null)
  const active = [focused, current].find((key) => key && keys.includes(key)) ?? keys[0]

  const look = () => {
    const box = scroller.current
    if (box === null) return
    const first = Math.floor(box.scrollTop / rowHeight)
    const last = first + Math.ceil(box.clientHeight / rowHeight)
    const from = Math.max(0, Math.floor((first - SPARE) / STEP) * STEP)
    const to = Math.ceil((last + SPARE) / STEP) * STEP
    if (from !== range.from || to !== range.to) setRange({ from, to })
  }
  const looking = useRef(look)
  looking.current = look
  useLayoutEffect(() => {
    const observer = new ResizeObserver(() => looking.current())
    observer.observe(scroller.current!)
    return () => observer.disconnect()
  }, [])
  useLayoutEffect(() => {
    if (wanted.current === null) return
    const target = rowOf(scroller, wanted.current)
    if (target === null) return
    wanted.current = null
    target.focus({ preventScroll: true })
  })

  const move = (event: KeyboardEvent) => {
    const box = scroller.current!
    const at = active === undefined ? 0 : keys.indexOf(active)
    const page = Math.max(1, Math.floor(box.clientHeight / rowHeight) - 1)
    const steps: Record<string, number> = { ArrowUp: -1, ArrowDown: 1, PageUp: -page, PageDown: page, Home: -at, End: keys.length }
    const step = steps[event.key]
    if (step === undefined || keys.length === 0) return
    event.preventDefault()
    const to = Math.max(0, Math.min(keys.length - 1, at + step))
    const top = to * rowHeight
    if (top < box.scrollTop) box.scrollTop = top
    else if (top + rowHeight > box.scrollTop + box.clientHeight) box.scrollTop = top + rowHeight - box.clientHeight
    wanted.current = keys[to]!
    setFocused(keys[to]!)
    look()
  }

  const shown = keys.slice(range.from, range.to)
  return (
    <div class="sliced" ref={scroller} onScroll={look} onKeyDown={move}>
      <ul aria-label={label} style={{ height: `${keys.length * rowHeight}px` }}>
        {shown.map((key, i) => (
          <li
            key={key}
            data-key={key}
            class={key === active ? 'row active' : 'row'}
            aria-setsize={keys.length}
            aria-posinset={range.from + i + 1}
            style={{ top: `${(range.from + i) * rowHeight}px`, height: `${rowHeight}px` }}
            onFocusCapture={() => setFocused(key)}
          >
            <Roving active={key === active}>{row(key, range.from + i)}</Roving>
          </li>
        ))}
      </ul>
    </div>
  )
}

function rowOf(scroller: RefObject<HTMLDivElement | null>, key: string): HTMLElement | null {
  return scroller.current?.querySelector<HTMLElement>(`li[data-key="${CSS.escape(key)}"] :is(a,button)`) ?? null
}

/** Takes the links and buttons of all rows but one out of the tab order. */
function Roving({ active, children }: { active: boolean; children: ComponentChildren }) {
  const box = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    for (const one of box.current!.querySelectorAll<HTMLElement>('a,button')) one.tabIndex = active ? 0 : -1
  }, [active])
  return (
    <div class="roving" ref={box}>
      {children}
    </div>
  )
}
