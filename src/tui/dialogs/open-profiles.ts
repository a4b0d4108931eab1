import type { Profile } from '#domain/profile.ts';
import { pushMode, updateMode } from '../store.ts';
import { toast, toastError } from '../toasts.ts';
import type { Tui } from '../tui.ts';
import { EMPTY_FIELD } from '../widgets/text-field-state.ts';

/** Opens the profile picker; how many containers each profile has comes in later. */
export function openProfiles(tui: Tui): void {
  const { stack } = tui.ui.getState();
  const selected = stack.session.getState().profile.name;
  pushMode(tui.ui, { kind: 'profiles', selected, running: undefined });
  tui.options.runningProfiles(stack).then(
    (running) => updateMode(tui.ui, (mode) => (mode.kind === 'profiles' ? { ...mode, running } : mode)),
    // Without an engine the column stays empty; the banner tells why.
    () => undefined,
  );
}

/** Shows another profile. The stack that is left stays as it is. */
export function switchProfile(tui: Tui, profile: Profile): void {
  const { stack } = tui.ui.getState();
  if (profile.name === stack.session.getState().profile.name) return;
  tui.ui.setState({ opening: profile.name });
  openStack(tui, profile).catch((thrown: unknown) => {
    toastError(tui, thrown);
    tui.ui.setState({ opening: undefined });
  });
}

async function openStack(tui: Tui, profile: Profile): Promise<void> {
  const left = tui.ui.getState().stack;
  const stack = await tui.options.openProfile(profile.name);
  await stack.session.ready;
  tui.ui.setState({ stack, opening: undefined, selected: undefined, focus: 'services', tab: 'health', scroll: 0, filter: EMPTY_FIELD });
  toast(tui, `Now ${profile.name}; ${left.session.getState().profile.name} stays as it is`, 'dim');
  await left.session.stop();
}
