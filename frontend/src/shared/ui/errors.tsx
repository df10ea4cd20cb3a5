import { Trans } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import { IconPlugConnectedX } from "@tabler/icons-react";
import { Component, type ReactNode } from "react";

import { type AppError, asAppError } from "@/shared/bridge/errors";
import { tAppError } from "@/shared/i18n/t-error";

import { EmptyState } from "./empty-state";
import { Notice } from "./tag";
import { RuleMark } from "./why";

/** What happened, beside the thing that failed. The code can be quoted to support. */
export function ErrorNotice({ error, action }: { error: unknown; action?: ReactNode }) {
  const known = asAppError(error);
  return (
    <Notice tone={known.kind === "offline" ? "warn" : "error"} role="alert">
      {tAppError(known)} {known.rule !== undefined && <RuleMark rule={known.rule} />}
      <ErrorCode error={known} />
      {action}
    </Notice>
  );
}

function ErrorCode({ error }: { error: AppError }) {
  return (
    <div className="small">
      <bdi dir="ltr" className="code">
        {error.code}
      </bdi>
    </div>
  );
}

interface ErrorPageProps {
  error: unknown;
  retry?: () => void;
  /** Nothing else is on the screen, so this is its heading. */
  whole?: boolean;
}

/** What could not be shown: what happened, what is safe, what to do. */
export function ErrorPage({ error, retry, whole = false }: ErrorPageProps) {
  const known = asAppError(error);
  return (
    <div className="page" role="alert">
      <EmptyState
        icon={IconPlugConnectedX}
        heading={whole ? "h1" : "h2"}
        title={<Trans>This screen could not be shown</Trans>}
        action={
          retry && (
            <Button onClick={retry}>
              <Trans>Try again</Trans>
            </Button>
          )
        }
      >
        {tAppError(known)} <Trans>What you typed is saved on this computer.</Trans>
        <ErrorCode error={known} />
      </EmptyState>
    </div>
  );
}

/** Keeps a fault of one screen from taking the shell with it. `resetKey` is the route. */
export class ErrorBoundary extends Component<{ resetKey: string; children: ReactNode }, { error: unknown }> {
  override state: { error: unknown } = { error: undefined };

  static getDerivedStateFromError(error: unknown) {
    return { error };
  }

  override componentDidUpdate(before: { resetKey: string }) {
    if (before.resetKey !== this.props.resetKey && this.state.error !== undefined) this.setState({ error: undefined });
  }

  override render() {
    if (this.state.error === undefined) return this.props.children;
    return <ErrorPage whole error={this.state.error} retry={() => this.setState({ error: undefined })} />;
  }
}
