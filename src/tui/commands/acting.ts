import type { Action, Change, Query } from '#actions/action.ts';
import { openMenu } from '../dialogs/open-menu.ts';
import { toast, toastError } from '../toasts.ts';
import type { Tui } from '../tui.ts';
import type { Command } from './command.ts';
import { selectedService } from './moving.ts';

/** Commands made from the action declarations: keys, titles and reasons are theirs. */
export function actionCommands(actions: readonly Action[]): readonly Command[] {
  const changes = actions.filter((action) => action.kind === 'change') as readonly Change<unknown>[];
  const open = actions.find((action) => action.id === 'stack.open');
  return [
    ...changes.filter(isForOneService).map(onService),
    ...(open?.kind === 'query' ? [openInBrowser(open)] : []),
    ...changes.flatMap(onWholeStack),
    ...downMenu(changes.find((change) => change.id === 'stack.down')),
    selectionMenu(),
  ];
}

/** The key of the same verb for the whole stack; what interrupts wants a second press. */
const WHOLE_STACK: Readonly<Record<string, { readonly key: string; readonly twice: boolean; readonly label: string }>> = {
  'stack.up': { key: 'U', twice: false, label: 'up all' },
  'stack.restart': { key: 'R', twice: true, label: 'restart all' },
};

/** Words for the footer; the order there is that of the commands. */
const LABELS: Readonly<Record<string, string>> = {
  'stack.restart': 'restart',
  'stack.shell': 'shell',
  'stack.up': 'up',
  'stack.rebuild': 'rebuild',
};

/** Takes service names and nothing else that has no default; `exec` and `run` want a command and are left to the command line. */
function isForOneService(change: Change<unknown>): boolean {
  const option = serviceOption(change);
  if (option === undefined || (change.innerExitCode && !change.key)) return false;
  return change.options.safeParse(optionsFor(option, 'a')).success;
}

function onService(change: Change<unknown>): Command {
  const option = serviceOption(change) ?? 'services';
  return {
    id: `service.${change.id}`,
    keys: change.key ? [change.key.key] : [],
    scope: 'stack',
    title: capitalised(change.command),
    detail: change.summary,
    label: LABELS[change.id],
    group: 'Service',
    onSelection: true,
    unavailable: (tui) =>
      selectedService(tui.ui.getState()) ? change.unavailable(tui.ui.getState().stack.session.getState()) : 'there is no service',
    run: (tui) => start(tui, change, withService(tui, change, option)),
    risk: (tui) => riskOf(tui, change, withService(tui, change, option).options),
  };
}

/** Changes nothing, so it needs no task: what it opened, or why not, is one line. */
function openInBrowser(open: Query<unknown>): Command {
  const read = async (tui: Tui): Promise<void> => {
    const options = open.options.parse({ service: selectedService(tui.ui.getState())?.name });
    const answer = open.document(await open.read(tui.ui.getState().stack.context, options));
    toast(tui, answer.opened ? `Opened ${answer.url}` : `Open ${answer.url}`);
  };
  return {
    id: 'service.stack.open',
    keys: [],
    scope: 'stack',
    title: capitalised(open.command),
    detail: open.summary,
    label: undefined,
    group: 'Service',
    onSelection: true,
    unavailable: (tui) => open.unavailable(tui.ui.getState().stack.session.getState()) ?? publishesNothing(tui),
    run: (tui) => void read(tui).catch((thrown: unknown) => toastError(tui, thrown)),
  };
}

function publishesNothing(tui: Tui): string | undefined {
  const ports = selectedService(tui.ui.getState())?.containers.flatMap((container) => container.ports) ?? [];
  return ports.some((port) => port.hostPort > 0) ? undefined : 'publishes no port';
}

function onWholeStack(change: Change<unknown>): readonly Command[] {
  const whole = WHOLE_STACK[change.id];
  if (!whole) return [];
  const twice = whole.twice
    ? { twice: (tui: Tui) => `${whole.key} again to ${whole.label.replace(' all', '')} all ${serviceCount(tui)} services` }
    : {};
  return [
    {
      ...stackCommand(change, { id: `stack.${change.id}`, title: `${capitalised(change.command)} all services`, options: {} }),
      keys: [whole.key],
      ...twice,
    },
  ];
}

function downMenu(down: Change<unknown> | undefined): readonly Command[] {
  if (!down) return [];
  const plain = stackCommand(down, { id: 'stack.down', title: 'Down: remove containers, keep data', options: {} });
  const volumes = stackCommand(down, { id: 'stack.down-volumes', title: 'Down and delete volumes…', options: { volumes: true } });
  return [
    {
      id: 'stack.down-menu',
      keys: ['D'],
      scope: 'stack',
      title: 'Take the stack down…',
      label: 'down…',
      group: 'Stack',
      onSelection: false,
      unavailable: () => undefined,
      run: (tui) => openMenu(tui, 'Take the stack down', [plain, volumes]),
    },
  ];
}

/** The menu of everything that can be done with the selected service. */
function selectionMenu(): Command {
  return {
    id: 'service.menu',
    keys: ['x'],
    scope: 'stack',
    title: 'Actions for the selected service',
    label: 'actions',
    group: 'Service',
    onSelection: false,
    unavailable: (tui) => (selectedService(tui.ui.getState()) ? undefined : 'there is no service'),
    run: (tui) => {
      const state = tui.ui.getState();
      const entries = state.commands.filter((command) => command.onSelection);
      openMenu(
        tui,
        selectedService(state)?.name ?? '',
        entries.toSorted((a, b) => groupOrder(a) - groupOrder(b)),
      );
    },
  };
}

function groupOrder(command: Command): number {
  return command.group === 'Service' ? 0 : 1;
}

interface Wish {
  readonly options: Readonly<Record<string, unknown>>;
  readonly words: readonly string[];
  readonly title: string;
  readonly show: boolean;
}

function start(tui: Tui, change: Change<unknown>, wish: Wish): void {
  tui.changes.start(tui, {
    change,
    options: change.options.parse(wish.options),
    title: wish.title,
    argv: ['devctl', ...change.command.split(' '), ...wish.words],
    show: wish.show,
  });
}

function stackCommand(
  change: Change<unknown>,
  made: { readonly id: string; readonly title: string; readonly options: Readonly<Record<string, unknown>> },
): Command {
  const words = Object.keys(made.options).map((name) => `--${name}`);
  return {
    id: made.id,
    keys: [],
    scope: 'stack',
    title: made.title,
    label: undefined,
    group: 'Stack',
    onSelection: false,
    unavailable: (tui) => change.unavailable(tui.ui.getState().stack.session.getState()),
    run: (tui) => start(tui, change, { options: made.options, words, title: made.title, show: true }),
    risk: (tui) => riskOf(tui, change, made.options),
  };
}

function withService(tui: Tui, change: Change<unknown>, option: ServiceOption): Wish {
  const name = selectedService(tui.ui.getState())?.name ?? '';
  return { options: optionsFor(option, name), words: [name], title: `${capitalised(change.command)} ${name}`, show: false };
}

/** The command as a verb for people: `Restart`. */
function capitalised(command: string): string {
  return command.charAt(0).toUpperCase() + command.slice(1);
}

async function riskOf(tui: Tui, change: Change<unknown>, options: Readonly<Record<string, unknown>>) {
  const plan = await change.plan(tui.ui.getState().stack.context, change.options.parse(options));
  return plan.risk;
}

type ServiceOption = 'services' | 'service';

function optionsFor(option: ServiceOption, name: string): Readonly<Record<string, unknown>> {
  return option === 'services' ? { services: [name] } : { service: name };
}

/** How the schema of an action takes service names; every schema is an object of options. */
function serviceOption(change: Change<unknown>): ServiceOption | undefined {
  const shape = 'shape' in change.options ? (change.options.shape as Readonly<Record<string, unknown>>) : {};
  if ('services' in shape) return 'services';
  return 'service' in shape ? 'service' : undefined;
}

function serviceCount(tui: Tui): number {
  return Object.keys(tui.ui.getState().stack.session.getState().model.model?.services ?? {}).length;
}
