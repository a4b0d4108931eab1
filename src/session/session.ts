import type { LogStore } from './logs.ts';
import type { Explanation } from './service.ts';
import type { SessionState } from './state.ts';

/** A live session: watches one stack and keeps its state. Created by `startSession` (start.ts). */
export interface Session {
  /** Settles when the cached model and the first container list are in, or are known not to come. Never rejects. */
  readonly ready: Promise<void>;
  getState(): SessionState;
  /** Told at most once per flush of the frame scheduler, never when nothing changed. Returns unsubscribe. */
  subscribe(listener: () => void): () => void;
  readonly logs: LogStore;
  /** Notifies now instead of at the next flush, when something changed (for keys). */
  flush(): void;
  /** Why this service is not well, or how it is, from what is known now. */
  explain(service: string): Explanation | undefined;
  /** What is on screen decides what is watched: stats and logs only of these services. */
  watch(wish: WatchWish): void;
  /** Runs one probe now. */
  probeNow(name: string): Promise<void>;
  /** Reads the model anew (files changed, or on demand). */
  reload(): Promise<void>;
  /** Compares containers with the files, once (runs compose). Never rejects. */
  checkDrift(): Promise<void>;
  /** Lists everything anew. */
  resync(): Promise<void>;
  stop(): Promise<void>;
}

export interface WatchWish {
  /** Services whose stats are sampled. */
  readonly stats: readonly string[];
  /** Services whose logs are followed. Those of failing services are followed anyway. */
  readonly logs: readonly string[];
  /** How many lines back of each container that is there when the wish is made; default 200. */
  readonly logLines?: number;
}
