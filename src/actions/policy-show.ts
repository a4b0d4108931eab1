import * as z from 'zod';
import { PROTECTIONS, type Protection } from '#domain/protection.ts';
import { RISKS } from '#domain/risk.ts';
import type { Query } from './action.ts';
import { formatTable, painted } from './format-table.ts';
import { type ProtectionReason, protectionReasons } from './protection.ts';

const options = z.object({});

interface PolicyResult {
  readonly profile: string;
  readonly projectName: string;
  readonly protection: Protection;
  readonly reasons: readonly ProtectionReason[];
  /** ISO 8601; undefined: locked. */
  readonly unlockedUntil: string | undefined;
}

/** Shows what the gate asks, and which column holds for the chosen stack. */
export const policyShow: Query<z.infer<typeof options>, PolicyResult> = {
  kind: 'query',
  id: 'check.policy',
  command: 'policy show',
  title: 'Show what the gate asks',
  summary: 'what the gate asks for each risk, with the column of the current stack marked',
  examples: ['devctl policy', 'devctl -p prod policy --json'],
  options,
  unavailable: () => undefined,
  read: async (context) => {
    const [profile, profiles] = await Promise.all([context.profile(), context.profiles()]);
    const engine = await context.engine();
    const { files, locations } = context.edges;
    const reasons = await protectionReasons(profile, profiles, { files, locations, engine });
    const until = profile.compose ? await (await context.state()).unlocks.until(profile.name) : undefined;
    return {
      profile: profile.name,
      projectName: profile.compose?.projectName ?? '',
      protection: await context.protection(),
      reasons,
      unlockedUntil: until === undefined ? undefined : new Date(until).toISOString(),
    };
  },
  document: ({ unlockedUntil, ...result }) => ({ schema: 1, ...result, unlockedUntil: unlockedUntil ?? null, asked: askedTable(result) }),
  lines: (result, paint) => {
    const { profile, protection, reasons, unlockedUntil } = result;
    const mark = (one: Protection): string => (one === protection ? `▸ ${one}` : one);
    const head = ['RISK', ...PROTECTIONS.map(mark)].map((text) => painted(text, text.startsWith('▸') ? paint.strong : paint.dim));
    const table = askedTable(result);
    const rows = RISKS.map((risk) => [
      risk,
      ...PROTECTIONS.map((one) => (one === protection ? painted(table[risk][one], paint.strong) : table[risk][one])),
    ]);
    return [
      `${paint.strong(profile)} is ${paint.strong(protection)}: ${reasons.map((one) => `${one.because} (${one.protection})`).join('; ')}`,
      ...(unlockedUntil ? [`${paint.attention('!')} unlocked until ${unlockedUntil}; devctl policy lock ends it`] : []),
      '',
      ...formatTable([head, ...rows]),
    ];
  },
};

/** The table of the design (the gate, "What is asked") with this stack's names in it. */
function askedTable({
  projectName,
  profile,
}: Pick<PolicyResult, 'projectName' | 'profile'>): Readonly<Record<(typeof RISKS)[number], Readonly<Record<Protection, string>>>> {
  const full = `${projectName}:${profile}`;
  return {
    none: { open: 'runs', guarded: 'runs', protected: 'runs' },
    interrupts: { open: 'runs', guarded: 'runs', protected: 'yes/no' },
    recreates: { open: 'runs and says so', guarded: 'runs and says so; yes/no for data services', protected: `type ${profile}` },
    destroys: { open: 'yes/no', guarded: `type ${projectName}; yes/no where undo is ready`, protected: `type ${full}, reason` },
    irrecoverable: { open: `type ${projectName}`, guarded: `type ${full}`, protected: `refused until unlocked, then type ${full}, reason` },
  };
}
