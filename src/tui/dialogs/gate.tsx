import { Box } from 'ink';
import type { ReactElement } from 'react';
import type { GateQuestion } from '#domain/gate.ts';
import { isRiskier } from '#domain/risk.ts';
import { neutralise } from '#domain/text.ts';
import { dialogSize, type Size } from '../layout.ts';
import type { Role, Theme } from '../theme.ts';
import type { Tui } from '../tui.ts';
import { Frame, innerWidth } from '../widgets/frame.tsx';
import { formatHints } from '../widgets/key-hints.ts';
import { type Line, line, lineColumns, span } from '../widgets/line.ts';
import { visibleRows } from '../widgets/scroll-state.ts';
import { formatField } from '../widgets/text-field.ts';
import { formatCommandLine, formatConsequences } from './gate-lines.ts';
import { canDestroy, type GateFocus, type GateMode, type GateState } from './gate-state.ts';

/** The gate dialog (design: the gate, "The dialog"): consequences scroll, phrase field and buttons stay in view. */
export function GateDialog(props: { readonly tui: Tui; readonly mode: GateMode; readonly size: Size }): ReactElement {
  const { tui, mode } = props;
  const { question, state } = mode;
  const width = dialogSize(props.size, { columns: 100, rows: 0 }).columns;
  const inner = innerWidth(width);
  const consequences = formatConsequences(question, tui.theme, inner);
  const controls = formatControls(question, state, { theme: tui.theme, width: inner });
  const wanted = consequences.length + controls.length + 3;
  const height = Math.min(dialogSize(props.size, { columns: 100, rows: wanted }).rows, props.size.rows);
  const room = Math.max(1, height - 2 - controls.length - 1);
  tui.measured.dialog = { content: consequences.length, visible: room };
  const shown = visibleRows(consequences, state.scroll, room);
  const padding = Array.from({ length: Math.max(0, room - shown.rows.length) }, (): Line => []);
  const isDangerous = isRiskier(question.plan.risk, 'recreates');
  return (
    <Box>
      <Frame
        width={width}
        height={height}
        focused
        frame={isDangerous ? 'bad' : 'attention'}
        title={line(span(neutralise(question.plan.title), 'strong'))}
        note={engineNote(question, inner)}
        bottom={formatHints(GATE_HINTS, tui.theme, inner)}
        bottomNote={scrollNote(shown.above, shown.below, tui.theme)}
        lines={[...shown.rows, ...padding, [], ...controls]}
      />
    </Box>
  );
}

const GATE_HINTS = [
  { key: 'tab', label: 'next' },
  { key: 'enter', label: 'choose' },
  { key: 'esc', label: 'keep' },
];

interface Shape {
  readonly theme: Theme;
  readonly width: number;
}

function formatControls(question: GateQuestion, state: GateState, shape: Shape): readonly Line[] {
  const notice: readonly Line[] = state.notice === undefined ? [] : [line(span(state.notice, 'attention'))];
  return [
    ...fields(question, state, shape),
    ...notice,
    ...buttons(question, state, shape),
    line(span(`$ ${formatCommandLine(question)}`, 'dim')),
  ];
}

function fields(question: GateQuestion, state: GateState, shape: Shape): readonly Line[] {
  const { demand } = question;
  if (demand.kind === 'unlock')
    return [
      line(span('Refused on a protected profile. Unlock it first, for ten minutes at most:', 'attention')),
      line(`devctl policy unlock ${question.plan.identity.profile} --for 10m`),
    ];
  if (demand.kind !== 'type') return [];
  const prompt = `Type ${demand.phrase}:  `;
  const isTyping = state.focus !== 'reason';
  const phrase: Line = [
    span(prompt, 'strong'),
    ...formatField(state.phrase, shape.theme, { focused: isTyping, width: shape.width - prompt.length }),
  ];
  if (!demand.reason) return [phrase];
  const label = 'Reason:  '.padEnd(prompt.length);
  return [
    phrase,
    [span(label, 'strong'), ...formatField(state.reason, shape.theme, { focused: !isTyping, width: shape.width - label.length })],
  ];
}

/** Buttons at the right; the destructive one is dim until it lives. */
function buttons(question: GateQuestion, state: GateState, shape: Shape): readonly Line[] {
  const { demand, plan } = question;
  const keep = demand.kind === 'yes-no' ? demand.keep : demand.kind === 'unlock' ? 'Close' : 'Keep data';
  const destroy: Line =
    demand.kind === 'unlock' ? [] : [span('  '), button(plan.verb, 'destroy', { state, live: canDestroy(question, state) })];
  const right: Line = [button(keep, 'keep', { state, live: true }), ...destroy];
  return [line(' '.repeat(Math.max(0, shape.width - lineColumns(right))), ...right)];
}

function button(
  label: string,
  focus: GateFocus,
  look: { readonly state: GateState; readonly live: boolean },
): { readonly text: string; readonly role: Role } {
  const isFocused = look.state.focus === focus;
  const text = isFocused ? `[ ${label} ]` : `  ${label}  `;
  if (!look.live) return span(text, 'dim');
  if (isFocused) return span(text, focus === 'destroy' ? 'danger' : 'chosen');
  return span(text, focus === 'destroy' ? 'bad' : 'plain');
}

function engineNote(question: GateQuestion, inner: number): Line | undefined {
  const { context, profile } = question.plan.identity;
  const note = `engine ${context}`;
  return inner - question.plan.title.length - note.length > 8 ? line(span(`${profile} on ${note}`, 'dim')) : undefined;
}

function scrollNote(above: number, below: number, theme: Theme): Line | undefined {
  if (above === 0 && below === 0) return undefined;
  return line(
    span(
      `${above > 0 ? theme.signs.less : ' '}${below > 0 ? theme.signs.more : ' '} ${below > 0 ? `${below} more, PgDn` : 'PgUp'}`,
      'attention',
    ),
  );
}
