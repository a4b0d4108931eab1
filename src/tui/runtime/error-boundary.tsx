import { Component, type ReactNode } from 'react';

interface Props {
  readonly children: ReactNode;
  /** Told once; ends the UI, which prints the error after the alternate screen is left. */
  readonly onError: (error: Error) => void;
}

/** Ink would draw an error on the alternate screen and then leave it: nobody would see it (reference: ink §0.8). */
export class ErrorBoundary extends Component<Props, { readonly failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError(): { readonly failed: boolean } {
    return { failed: true };
  }

  override componentDidCatch(thrown: unknown): void {
    this.props.onError(thrown instanceof Error ? thrown : new Error(String(thrown)));
  }

  override render(): ReactNode {
    return this.state.failed ? null : this.props.children;
  }
}
