import type { Plan } from './plan.ts';

/** What a running action says; listeners turn it into plain lines, JSON lines or frames. Every change, in order. */
export type ActionEvent =
  | { readonly event: 'started'; readonly action: string; readonly plan: Plan; readonly entry: string }
  | {
      readonly event: 'step';
      readonly step: number;
      readonly of: number;
      readonly what: string;
      readonly state: 'begin' | 'done' | 'failed';
    }
  /** A line that a tool printed, control characters removed. */
  | { readonly event: 'output'; readonly step: number; readonly stream: 'stdout' | 'stderr'; readonly line: string }
  | { readonly event: 'progress'; readonly step: number; readonly id: string; readonly text: string; readonly done: boolean }
  | { readonly event: 'warning'; readonly message: string }
  | { readonly event: 'done'; readonly message: string; readonly durationMs: number }
  | { readonly event: 'failed'; readonly message: string; readonly hint?: string | undefined; readonly durationMs: number };

export type ActionListener = (event: ActionEvent) => void;
