import { DevctlError } from '#domain/error.ts';
import { toastError } from '../toasts.ts';
import type { Tui } from '../tui.ts';
import { selectedService } from './moving.ts';

/** Opens the user's editor at the line that defines the selected service, and reads the model again afterwards. */
export function editDefinition(tui: Tui): void {
  const view = selectedService(tui.ui.getState());
  if (!view) return;
  edit(tui, view.name).catch((thrown: unknown) => {
    toastError(tui, thrown);
  });
}

async function edit(tui: Tui, service: string): Promise<void> {
  const { stack } = tui.ui.getState();
  const location = await tui.options.locate(stack, service);
  if (!location) throw new DevctlError('usage', `No compose file defines ${service} in a line of its own.`);
  await tui.control.lend(() => tui.options.edit(location));
  await stack.session.reload();
}
