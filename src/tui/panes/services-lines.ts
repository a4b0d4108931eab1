import type { ServiceView } from '#session/service.ts';
import type { ProbeState } from '#session/state.ts';
import type { Theme } from '../theme.ts';
import { columnsOf, cutText, type Line, line, lineColumns, padEnd, padStart, type Span, span } from '../widgets/line.ts';
import { formatSparkline } from '../widgets/sparkline.ts';
import { lookOf, lookOfCheck } from './condition-look.ts';
import type { Usage } from './usage.ts';

/** How a row of the service list is drawn. */
export interface RowShape {
  readonly width: number;
  /** Columns of the name, the same for all rows. */
  readonly nameColumns: number;
  /** Columns of the memory, the same for all rows; 0 where nothing was measured. */
  readonly memoryColumns: number;
  readonly withLimits: boolean;
  readonly theme: Theme;
  readonly isSelected: boolean;
  /** Why it fails, in a few words, where that is known. */
  readonly reason: string | undefined;
}

/** Columns that names need, within reason. */
export function nameColumnsFor(views: readonly ServiceView[], width: number): number {
  const longest = Math.max(4, ...views.map((view) => columnsOf(nameOf(view))));
  return Math.min(longest, Math.max(10, Math.floor(width * 0.32)));
}

/** Columns that memory needs, with its limit only where the longest word for a condition still fits. */
export function memoryShapeFor(usages: readonly Usage[], room: number): Pick<RowShape, 'memoryColumns' | 'withLimits'> {
  const columnsWith = (withLimits: boolean): number =>
    Math.max(0, ...usages.map((usage) => (withLimits ? usage.memoryOfLimit : usage.memory).length));
  const withLimits = columnsWith(true) + 2 <= room;
  const longest = columnsWith(withLimits);
  return { withLimits, memoryColumns: longest === 0 ? 0 : longest + 2 };
}

/** One service: pointer, name, condition in a sign and a word, then its use of the machine or what is wrong. */
export function formatService(view: ServiceView, usage: Usage | undefined, shape: RowShape): Line {
  const look = lookOf(view, shape.theme);
  const name = padEnd(cutText(nameOf(view), shape.nameColumns, shape.theme.signs.ellipsis), shape.nameColumns);
  const left = line(
    span(shape.isSelected ? `${shape.theme.signs.pointer} ` : '  ', 'accent'),
    span(name, nameRole(view, shape)),
    '  ',
    span(`${look.sign} `, look.role),
  );
  const right = rightOf(view, usage, shape);
  const room = shape.width - lineColumns(left) - lineColumns(right);
  const word = cutText(look.word, Math.max(room - 1, 0), shape.theme.signs.ellipsis);
  return [...left, span(word, look.role), ...reasonIn(shape, room - columnsOf(word)), ...right];
}

/** One probe: name, status, latency and the latencies before. */
export function formatProbe(probe: ProbeState, theme: Theme, shape: { readonly width: number; readonly nameColumns: number }): Line {
  const look = lookOfCheck(probe.status, theme);
  const latency = probe.latencyMs === undefined ? '' : `${Math.round(probe.latencyMs)} ms`;
  const history = formatSparkline(probe.history, theme, {
    width: Math.max(0, Math.min(16, shape.width - shape.nameColumns - 26)),
    floor: 20,
  });
  return [
    span(`  ${padEnd(cutText(probe.name, shape.nameColumns), shape.nameColumns)}  `),
    span(`${look.sign} ${padEnd(look.word, 10)}`, look.role),
    span(padStart(latency, 8), 'dim'),
    span(`  ${history}`, 'dim'),
  ];
}

/** What is between the condition and the right end: blanks, or the reason where it has room enough to say something. */
function reasonIn(shape: RowShape, room: number): readonly Span[] {
  if (shape.reason === undefined || room < LEAST_REASON) return [span(' '.repeat(Math.max(0, room)))];
  return [span('   '), span(padEnd(cutText(shape.reason, room - 4, shape.theme.signs.ellipsis), room - 3), 'dim')];
}

const LEAST_REASON = 20;

function nameOf(view: ServiceView): string {
  const replicas = Math.max(view.model?.replicas ?? 1, view.containers.length);
  return replicas > 1 ? `${view.name} ×${replicas}` : view.name;
}

function nameRole(view: ServiceView, shape: RowShape): 'strong' | 'dim' | 'plain' {
  if (shape.isSelected) return 'strong';
  return view.condition === 'missing' || view.condition === 'stopped' || view.condition === 'completed' ? 'dim' : 'plain';
}

/** Numbers at the right for what runs; restarts for what does not; ports and marks where there is room. */
function rightOf(view: ServiceView, usage: Usage | undefined, shape: RowShape): readonly Span[] {
  const marks = marksOf(view);
  const memory = shape.withLimits ? usage?.memoryOfLimit : usage?.memory;
  const numbers = usage ? [span(padStart(usage.cpu, 6)), span(padStart(memory ?? '', shape.memoryColumns))] : restartsOf(view, shape.theme);
  const ports = shape.width >= WITH_PORTS ? [span(padStart(cutText(portsOf(view), PORT_COLUMNS - 2), PORT_COLUMNS), 'dim')] : [];
  return [...marks, ...numbers, ...ports];
}

function marksOf(view: ServiceView): readonly Span[] {
  if (view.orphan) return [span(' orphan', 'attention')];
  return view.drift === 'config' || view.drift === 'image' || view.drift === 'files' ? [span(' changed', 'attention')] : [];
}

function restartsOf(view: ServiceView, theme: Theme): readonly Span[] {
  const restarts = view.containers.reduce((sum, container) => sum + container.restartCount, 0);
  return restarts > 0 ? [span(` ${theme.signs.again}${restarts}`, 'attention')] : [];
}

const WITH_PORTS = 56;
const PORT_COLUMNS = 14;

function portsOf(view: ServiceView): string {
  const ports = view.containers.flatMap((container) => container.ports.map((port) => port.hostPort)).filter((port) => port > 0);
  return [...new Set(ports)].map((port) => `:${port}`).join(' ');
}
