/**
 * Hands the terminal to a child process and takes it back. main.ts makes one and runs every process that wants the
 * terminal through `lend`; the terminal UI attaches itself while it runs. Without a UI attached, `lend` just runs.
 */
export interface TerminalLender {
  lend<T>(run: () => Promise<T>): Promise<T>;
  /** Called by the UI; returns how to detach. */
  attach(suspend: (run: () => Promise<void>) => Promise<void>): () => void;
}

export function createTerminalLender(): TerminalLender {
  let suspend: ((run: () => Promise<void>) => Promise<void>) | undefined;
  return {
    lend: (run) => (suspend ? lendThrough(suspend, run) : run()),
    attach: (wanted) => {
      suspend = wanted;
      return () => {
        if (suspend === wanted) suspend = undefined;
      };
    },
  };
}

async function lendThrough<T>(suspend: (run: () => Promise<void>) => Promise<void>, run: () => Promise<T>): Promise<T> {
  let result: { readonly value: T } | undefined;
  await suspend(async () => {
    result = { value: await run() };
  });
  // Only a suspension that threw leaves it unset, and then this line is not reached.
  return (result as unknown as { readonly value: T }).value;
}
