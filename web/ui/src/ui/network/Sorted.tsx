import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import { words } from '../../text/network/index.ts'

export interface Column<Row> {
  id: string
  title: string
  isNumber?: boolean
  order: (one: Row, other: Row) => number
  cell: (row: Row) => ComponentChildren
}

interface Props<Row> {
  label: string
  rows: readonly Row[]
  columns: Column<Row>[]
  keyOf: (row: Row) => string
}

/**
 * A table that is sorted by the column whose heading is pressed; pressed again, the other way round. On a narrow screen every row is a card,
 * so the roles are said aloud: what is no table to the eye still is one to a screen reader.
 */
export function Sorted<Row>({ label, rows, columns, keyOf }: Props<Row>) {
  const [by, setBy] = useState(columns[0]!.id)
  const [down, setDown] = useState(false)
  const column = columns.find((one) => one.id === by) ?? columns[0]!
  const sorted = [...rows].sort((one, other) => (down ? -1 : 1) * column.order(one, other) || keyOf(one).localeCompare(keyOf(other)))
  const press = (id: string) => {
    setDown(id === by ? !down : false)
    setBy(id)
  }
  return (
    <table class="sorted" role="table" aria-label={label}>
      <thead role="rowgroup">
        <tr role="row">
          {columns.map((one) => (
            <th
              key={one.id}
              role="columnheader"
              scope="col"
              class={one.isNumber ? 'number' : ''}
              aria-sort={one.id !== by ? 'none' : down ? 'descending' : 'ascending'}
            >
              <button title={`${words.value.sortBy}: ${one.title}`} onClick={() => press(one.id)}>
                {one.title}
                {one.id === by && <span aria-hidden="true">{down ? '▾' : '▴'}</span>}
              </button>
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup">
        {sorted.map((row) => (
          <tr key={keyOf(row)} role="row">
            {columns.map((one) => (
              <td key={one.id} role="cell" class={one.isNumber ? 'number' : ''} data-title={one.title}>
                {one.cell(row)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
