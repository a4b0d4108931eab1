import { homedir } from 'node:os';
import type { Edges } from '#actions/context.ts';
import { createCompose } from '#docker/compose-cli.ts';
import { resolveEndpoint } from '#docker/context.ts';
import { createEngine } from '#docker/engine-api.ts';
import type { ClearanceRegister } from '#domain/clearance.ts';
import type { Profile } from '#domain/profile.ts';
import { systemClock } from '#system/clock.ts';
import { createFiles } from '#system/files.ts';
import { resolveLocations } from '#system/locations.ts';
import { createLocks } from '#system/locks.ts';
import { createNetwork } from '#system/network.ts';
import { createProcesses, type Processes } from '#system/processes.ts';
import type { TerminalLender } from '#tui/runtime/lend.ts';

/** The real outside world of one process. Connections to engines are made when first asked for, one for each endpoint. */
export interface RealEdges {
  readonly edges: Edges;
  close(): void;
}

/** What the edges are built from. */
export interface Surroundings {
  readonly host: NodeJS.Process;
  readonly register: ClearanceRegister;
  readonly lender: TerminalLender;
  readonly version: string;
}

/** Builds them; processes that want the terminal go through the lender, so that a terminal UI steps aside. */
export function createRealEdges({ host, register, lender, version }: Surroundings): RealEdges {
  const env = definedOnly(host.env);
  const home = env.HOME ?? homedir();
  const files = createFiles();
  const clock = systemClock;
  const locations = resolveLocations(env, home);
  const processes = lendingTerminal(createProcesses(), lender);
  const opened = new Map<string, ReturnType<typeof createEngine>>();
  const endpointOf = (profile: Profile) =>
    resolveEndpoint({ profileContext: profile.engine.context, profileHost: profile.engine.host, env, files, home });
  const edges: Edges = {
    processes,
    files,
    clock,
    locations,
    env,
    version,
    cwd: host.cwd(),
    network: createNetwork(),
    locks: createLocks({ locations, files, clock }),
    isTerminal: Boolean(host.stdin.isTTY && host.stdout.isTTY && host.stderr.isTTY),
    engineFor: async (profile) => {
      const endpoint = await endpointOf(profile);
      const engine = opened.get(endpoint.host) ?? createEngine({ endpoint, register, clock });
      opened.set(endpoint.host, engine);
      return engine;
    },
    composeFor: async () => createCompose({ processes, files, locations, env, register }),
  };
  return {
    edges,
    close: () => {
      for (const engine of opened.values()) engine.close();
    },
  };
}

function lendingTerminal(processes: Processes, lender: TerminalLender): Processes {
  return {
    ...processes,
    run: (request) => (request.stdin === 'terminal' ? lender.lend(() => processes.run(request)) : processes.run(request)),
  };
}

function definedOnly(env: NodeJS.ProcessEnv): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(env).filter((pair): pair is [string, string] => pair[1] !== undefined));
}
