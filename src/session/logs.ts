/** Lines of the followed services, bounded by bytes. */
export interface LogStore {
  /** Newest `count` lines of these services (all when empty), oldest first, merged by time. */
  tail(services: readonly string[], count: number): readonly LogLine[];
  /** Lines thrown away because the bound was reached, per service. */
  dropped(): Readonly<Record<string, number>>;
  /** Grows with every change. */
  readonly version: number;
}

export interface LogLine {
  /** Unique and growing within a session. */
  readonly id: number;
  readonly service: string;
  readonly containerId: string;
  readonly stream: 'stdout' | 'stderr';
  /** Nanoseconds since 1970, as a bigint-free sortable string (19 digits). */
  readonly timeNano: string;
  /** Neutralised but for colours. */
  readonly text: string;
}
