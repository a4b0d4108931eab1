import type { Edges } from '#actions/context.ts';
import type { Gate } from '#actions/gate.ts';
import { loadActions } from '#actions/index.ts';
import { runChange } from '#actions/run-change.ts';
import { locateService } from '#profiles/locate-service.ts';
import { mayBeRemembered, rememberProfile } from '#profiles/remember.ts';
import type { Stack } from '#tui/host.ts';
import type { TerminalLender } from '#tui/runtime/lend.ts';
import { processTerminal } from '#tui/runtime/terminal.ts';
import { openEditor } from './editor.ts';
import { type ContextWish, openContext } from './open-context.ts';
import { openStack } from './open-stack.ts';

export interface TuiProgram {
  readonly edges: Edges;
  readonly gate: Gate;
  readonly lender: TerminalLender;
  readonly version: string;
  readonly host: NodeJS.Process;
}

/** Runs the terminal UI to its exit code. Throws DevctlError before the first frame, e.g. outside a project. */
export async function openTui({ edges, gate, lender, version, host }: TuiProgram, wish: ContextWish): Promise<number> {
  // The engine answers while React and Ink load.
  const [{ notices, ...stack }, { runTui }] = await Promise.all([
    openStack(openContext(edges, wish), gate),
    import('#tui/runtime/run-tui.tsx'),
  ]);
  await Promise.race([stack.session.ready, edges.clock.sleep(LOADING_SHOWN_AFTER_MS)]);
  return runTui({
    stack,
    notices,
    openProfile: (name) => openProfile(edges, gate, { ...wish, profile: name }),
    loadActions,
    runChange: (change, context, options, how) => runChange(change, context, options, { ...how, gate }),
    terminal: processTerminal(host),
    lender,
    locate: async ({ context }, service) => locateService(edges.files, (await context.profile()).compose?.files ?? [], service),
    edit: (location) => openEditor(edges, location),
    runningProfiles,
    version,
  });
}

// A first frame that already says how everything is costs less than one that says "loading" and is drawn again.
const LOADING_SHOWN_AFTER_MS = 150;

async function openProfile(edges: Edges, gate: Gate, wish: ContextWish): Promise<Stack> {
  const context = openContext(edges, wish);
  const profile = await context.profile();
  if (mayBeRemembered(profile))
    await rememberProfile({ files: edges.files, locations: edges.locations, project: await context.project() }, profile);
  return openStack(context, gate);
}

/** Running containers by profile name, of every profile of the project that has a stack. */
async function runningProfiles({ context }: Stack): Promise<Readonly<Record<string, number>>> {
  const [profiles, engine] = await Promise.all([context.profiles(), context.engine()]);
  const containers = await engine.containers(undefined);
  const counts = profiles.flatMap((one) => {
    if (!('profile' in one) || !one.profile.compose) return [];
    const { projectName } = one.profile.compose;
    return [
      [
        one.profile.name,
        containers.filter((container) => container.project === projectName && container.status === 'running').length,
      ] as const,
    ];
  });
  return Object.fromEntries(counts);
}
