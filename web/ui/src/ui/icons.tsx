import type { ComponentChildren } from 'preact'
import type { Stage } from '../api/types.ts'

interface IconProps {
  children: ComponentChildren
  name?: string
}

/** A drawing of 24 × 24 in the colour of the text; words stand beside it, so it is hidden from screen readers. */
function Icon({ children, name }: IconProps) {
  return (
    <svg class={`icon ${name ?? ''}`} viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      {children}
    </svg>
  )
}

export const ChatsIcon = () => (
  <Icon>
    <path d="M5 5.5h14a1.5 1.5 0 0 1 1.5 1.5v8a1.5 1.5 0 0 1-1.5 1.5h-7.5L7 20v-3.5H5A1.5 1.5 0 0 1 3.5 15V7A1.5 1.5 0 0 1 5 5.5Z" />
  </Icon>
)
export const PeopleIcon = () => (
  <Icon>
    <circle cx="9" cy="8.5" r="3.5" />
    <path d="M2.8 19.5c.5-3.6 3-5.5 6.2-5.5s5.7 1.9 6.2 5.5M15.5 5.3a3.5 3.5 0 0 1 0 6.4M17.5 14.4c2.1.7 3.4 2.4 3.7 5.1" />
  </Icon>
)
export const NetworkIcon = () => (
  <Icon>
    <circle cx="12" cy="12" r="2.6" />
    <circle cx="5.5" cy="6" r="1.9" />
    <circle cx="18.8" cy="7.5" r="1.9" />
    <circle cx="15.5" cy="19" r="1.9" />
    <path d="m7 7.3 3 3M17 8.6l-2.8 2M13.1 14.4l1.6 2.9" />
  </Icon>
)
export const AddIcon = () => (
  <Icon>
    <circle cx="10" cy="8.5" r="3.5" />
    <path d="M3.8 19.5c.5-3.6 3-5.5 6.2-5.5 1.6 0 3 .5 4.1 1.4M18.5 13.5v7M15 17h7" />
  </Icon>
)
export const SettingsIcon = () => (
  <Icon>
    <path d="M4 7h9M17 7h3M4 12h3M11 12h9M4 17h7M15 17h5" />
    <circle cx="15" cy="7" r="2" />
    <circle cx="9" cy="12" r="2" />
    <circle cx="13" cy="17" r="2" />
  </Icon>
)
export const BackIcon = () => (
  <Icon>
    <path d="M14.5 5.5 8 12l6.5 6.5" />
  </Icon>
)
export const CloseIcon = () => (
  <Icon>
    <path d="m6 6 12 12M18 6 6 18" />
  </Icon>
)
export const SendIcon = () => (
  <Icon>
    <path d="M4.5 12 20 4.5 14.5 20l-3-6.5L4.5 12ZM11.5 13.5 20 4.5" />
  </Icon>
)
export const AboutIcon = () => (
  <Icon>
    <circle cx="12" cy="12" r="8.5" />
    <path d="M12 11v5.5M12 7.7v.1" />
  </Icon>
)
export const DownIcon = () => (
  <Icon>
    <path d="M12 5v13M6.5 12.5 12 18l5.5-5.5" />
  </Icon>
)
export const CheckedIcon = () => (
  <Icon name="checked">
    <path d="M12 3.2 19 6v5.5c0 4.5-2.9 7.8-7 9.3-4.1-1.5-7-4.8-7-9.3V6l7-2.8ZM8.5 12l2.5 2.5 4.5-5" />
  </Icon>
)

/** How a person is reached, as a shape: a full disc, a ring with a core, or an empty ring. */
export function ReachMark({ reach }: { reach: 'online' | 'via' | 'offline' | 'self' }) {
  return (
    <svg class={`reach ${reach}`} viewBox="0 0 12 12" aria-hidden="true" focusable="false">
      {reach === 'online' && <circle cx="6" cy="6" r="5" class="fill" />}
      {reach === 'via' && (
        <>
          <circle cx="6" cy="6" r="4.2" class="line" />
          <circle cx="6" cy="6" r="1.9" class="fill" />
        </>
      )}
      {reach === 'offline' && <circle cx="6" cy="6" r="4.2" class="line" />}
      {reach === 'self' && <path d="M6 .8 11.2 6 6 11.2.8 6Z" class="fill" />}
    </svg>
  )
}

/**
 * How far a message is, as a shape: a clock, one tick, a tick over a line (somebody keeps it), two ticks, two ticks on a
 * disc, a triangle.
 */
export function Tick({ stage }: { stage: Stage | 'saving' }) {
  return (
    <svg class={`tick ${stage}`} viewBox="0 0 20 14" aria-hidden="true" focusable="false">
      {stage === 'saving' && <circle cx="10" cy="7" r="5" class="line dashed" />}
      {stage === 'queued' && (
        <>
          <circle cx="10" cy="7" r="5.3" class="line" />
          <path d="M10 4v3.2l2.2 1.3" class="line" />
        </>
      )}
      {stage === 'sent' && <path d="m5.5 7.5 3 3 6-7" class="line" />}
      {stage === 'stored' && <path d="m5.5 5.5 2.8 2.8L14 2M5 12.2h10" class="line" />}
      {stage === 'delivered' && <path d="m2.5 7.5 3 3 6-7M9 10l.6.5 6-7" class="line" />}
      {stage === 'read' && (
        <>
          <rect x=".5" y=".2" width="19" height="13.6" rx="6.8" class="fill" />
          <path d="m3.8 7.3 2.5 2.6 5-5.9M9.6 9.5l.5.4 5-5.9" class="line inverse" />
        </>
      )}
      {stage === 'failed' && <path d="M10 1.2 17 13H3ZM10 5.5v3.2M10 10.7v.1" class="line" />}
    </svg>
  )
}

/** The bird. */
export const Bird = () => (
  <svg class="bird" viewBox="0 0 32 32" aria-hidden="true" focusable="false">
    <path
      class="back"
      d="M4 20.5C4 12 10.2 6.6 17.4 6.6c3.9 0 6.5 1.7 7.8 4.2l4.8 1.5-4.3 2.2c-.1 6.6-4.9 11.9-12.2 11.9-2.4 0-4.5-.5-6.2-1.3L2 27.3l2.7-4.2A9 9 0 0 1 4 20.5Z"
    />
    <path class="breast" d="M13.5 26.4c6.3 0 11.1-4.3 12.1-10.3-3.4 2.8-7 3.4-9.8 6.1-1.4 1.3-2.2 2.7-2.3 4.2Z" />
    <circle class="eye" cx="20.6" cy="12" r="1.5" />
  </svg>
)
