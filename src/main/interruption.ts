/**
 * Signals as one abort signal whose reason is the exit code (130, 143). A second Ctrl-C asks for nothing: clean-up goes on.
 * The terminal UI has its own ways with signals and wants none of this.
 */
export function interruption(host: NodeJS.Process, listens: boolean): { readonly signal: AbortSignal; stopListening(): void } {
  const controller = new AbortController();
  const onInterrupt = (): void => controller.abort(130);
  const onTerminate = (): void => controller.abort(143);
  if (listens) {
    host.on('SIGINT', onInterrupt);
    host.on('SIGTERM', onTerminate);
    host.on('SIGHUP', onTerminate);
  }
  return {
    signal: controller.signal,
    stopListening: () => {
      host.off('SIGINT', onInterrupt);
      host.off('SIGTERM', onTerminate);
      host.off('SIGHUP', onTerminate);
    },
  };
}
