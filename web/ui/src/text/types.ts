import type { en } from './en.ts'

/** The same keys with the same kinds of values, whatever they say. */
export type Shape<T> = T extends string
  ? string
  : T extends (...args: infer Given) => string
    ? (...args: Given) => string
    : { [Key in keyof T]: Shape<T[Key]> }

export type Messages = Shape<typeof en>
