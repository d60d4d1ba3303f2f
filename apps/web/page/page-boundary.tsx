import { Component, type ReactNode } from 'react';

export interface PageBoundaryProps {
  readonly children: ReactNode;
  readonly fallback: ReactNode;
}

/** Shows `fallback` in the place of a page that could not be loaded, or drawn. */
export class PageBoundary extends Component<PageBoundaryProps, { readonly failed: boolean }> {
  static getDerivedStateFromError(): { readonly failed: boolean } {
    return { failed: true };
  }

  override state = { failed: false };

  /** The window's listeners hear of it, as of an error that nobody caught. */
  override componentDidCatch(error: unknown): void {
    reportError(error);
  }

  override render(): ReactNode {
    return this.state.failed ? this.props.fallback : this.props.children;
  }
}
