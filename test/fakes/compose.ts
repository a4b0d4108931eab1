import type { Compose, ComposeInputs } from '#docker/compose.ts';
import type { ComposeModel } from '#domain/model.ts';

/** Compose whose answers the test sets; running a verb is not simulated. */
export interface FakeCompose extends Compose {
  cached: ComposeModel | undefined;
  /** What `model` answers; an Error is thrown. */
  answer: ComposeModel | Error;
  /** With `allProfiles`; the answer when not set. */
  all: ComposeModel | undefined;
  /** How often the model was asked for. */
  asked: number;
  hashesByService: Readonly<Record<string, string>>;
}

const notPlayed = async (): Promise<never> => {
  throw new Error('the fake compose changes nothing');
};

export function fakeCompose(model: ComposeModel): FakeCompose {
  const compose: FakeCompose = {
    cached: undefined,
    answer: model,
    all: undefined,
    asked: 0,
    hashesByService: {},
    version: async () => ({ text: '2.26.1-4', facts: { progressJson: false, volumeRecreatePrompt: false, progressStates: false } }),
    model: async (_inputs, options) => {
      compose.asked += 1;
      if (compose.answer instanceof Error) throw compose.answer;
      return options?.allProfiles ? (compose.all ?? compose.answer) : compose.answer;
    },
    cachedModel: async () => compose.cached,
    configText: async () => '',
    hashes: async () => compose.hashesByService,
    fingerprints: async () => ({}),
    run: notPlayed,
    runInTerminal: notPlayed,
    commandLine: (_inputs, argv) => ['docker', 'compose', ...argv],
  };
  return compose;
}

/** Inputs of project shop in /shop. */
export const shopInputs: ComposeInputs = {
  endpoint: { context: 'default', host: 'unix:///var/run/docker.sock', decidedBy: 'default', remote: false },
  projectName: 'shop',
  projectDirectory: '/shop',
  files: ['/shop/compose.yaml'],
  envFiles: [],
  profiles: [],
  pass: {},
};
