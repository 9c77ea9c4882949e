import type { BarSeriesOption, LineSeriesOption } from 'echarts/charts'
import type {
  AriaComponentOption,
  GridComponentOption,
  LegendComponentOption,
  TooltipComponentOption,
} from 'echarts/components'
import type { ComposeOption } from 'echarts/core'

import type { Figure, FigureRow } from '@/api'
import { t } from '@/i18n'

/** What the charts here can be made of. */
export type ChartOption = ComposeOption<
  | AriaComponentOption
  | BarSeriesOption
  | GridComponentOption
  | LegendComponentOption
  | LineSeriesOption
  | TooltipComponentOption
>

/** Told apart by pattern as well as by colour. */
const COLOURS = ['#1d5b9e', '#b96a00', '#17734a']
const LONGEST = 10

function series(rows: readonly FigureRow[], figure: Figure): BarSeriesOption {
  return { type: 'bar', name: t(`figures.figure.${figure}`), data: rows.map((row) => row.counts[figure]), barMaxWidth: 26 }
}

const common = {
  color: COLOURS,
  aria: { enabled: true, decal: { show: true } },
  animation: false,
  tooltip: { trigger: 'axis' },
  legend: { top: 0, right: 0, textStyle: { fontSize: 14 } },
} satisfies ChartOption

/** How a period went, day by day or month by month. */
export function courseChart(rows: readonly FigureRow[]): ChartOption {
  return {
    ...common,
    grid: { left: 40, right: 12, top: 34, bottom: 26 },
    xAxis: { type: 'category', data: rows.map((row) => row.name.replace(/^\d{4}-(?=\d\d-)/, '')) },
    yAxis: { type: 'value', minInterval: 1 },
    series: [series(rows, 'filed'), series(rows, 'decided')],
  } as ChartOption
}

/** The largest groups beside one another. */
export function groupChart(rows: readonly FigureRow[]): ChartOption {
  const shown = rows.slice(0, LONGEST).reverse()
  const short = (name: string): string => ([...name].length > 14 ? `${[...name].slice(0, 13).join('')}…` : name)
  return {
    ...common,
    grid: { left: 8, right: 20, top: 34, bottom: 8, containLabel: true },
    xAxis: { type: 'value', minInterval: 1 },
    yAxis: { type: 'category', data: shown.map((row) => short(row.name)) },
    series: [series(shown, 'filed'), series(shown, 'decided-on-time')],
  } as ChartOption
}
