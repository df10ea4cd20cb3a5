import "./start.css";

import { Trans } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";

import { asAppError } from "@/shared/bridge/errors";
import { ErrorNotice } from "@/shared/ui/errors";
import { Notice } from "@/shared/ui/tag";
import { Code } from "@/shared/ui/text";

import { start } from "../api";

/** What a centre with a certificate of its own shows; undefined when it shows nothing that could be compared. */
export function shownFingerprint(error: unknown): string | undefined {
  const known = asAppError(error);
  const asks = known.code === "centre.untrusted" || known.code === "centre.fingerprint_changed";
  return asks ? known.args["fingerprint"] : undefined;
}

interface FingerprintCheckProps {
  url: string;
  error: unknown;
  onTrusted: () => void;
}

/** A person compares the fingerprint once. From then on this address must prove that key. */
export function FingerprintCheck({ url, error, onTrusted }: FingerprintCheckProps) {
  const client = useQueryClient();
  const fingerprint = shownFingerprint(error);
  const trust = useMutation({
    mutationFn: (checked: string) => start.trust(url, checked),
    onSuccess: () => {
      void client.invalidateQueries();
      onTrusted();
    },
  });
  if (fingerprint === undefined) return <ErrorNotice error={error} />;
  const changed = asAppError(error).code === "centre.fingerprint_changed";
  return (
    <>
      {changed && <ErrorNotice error={error} />}
      <Notice tone="warn" role="status">
        <div className="strong">
          <Trans>This centre has a certificate of its own</Trans>
        </div>
        <p>
          <Trans>
            Ask the centre, by telephone or on paper and not in the message that brought you here, for the fingerprint of
            its certificate. Trust it only when every letter is the same.
          </Trans>
        </p>
        <p>
          <Code>{fingerprint}</Code>
        </p>
        <Button variant={changed ? "default" : "filled"} onClick={() => trust.mutate(fingerprint)} disabled={trust.isPending}>
          <Trans>It is the same: trust this centre</Trans>
        </Button>
      </Notice>
      {trust.error && <ErrorNotice error={trust.error} />}
    </>
  );
}

interface PinnedFingerprintProps {
  url: string;
  fingerprint: string;
}

/** The fingerprint that was compared, and how to compare again when the centre has a new certificate. */
export function PinnedFingerprint({ url, fingerprint }: PinnedFingerprintProps) {
  const look = useMutation({ mutationFn: () => start.probe(url) });
  return (
    <div className="fingerprint">
      <div className="small muted">
        <Trans>Fingerprint of the centre's certificate</Trans>
      </div>
      <Code>{fingerprint}</Code>
      <div>
        <Button variant="default" size="xs" onClick={() => look.mutate()} disabled={look.isPending}>
          <Trans>Check it again</Trans>
        </Button>
      </div>
      {look.data && (
        <Notice tone="ok" role="status">
          <Trans>The centre still shows this fingerprint.</Trans>
        </Notice>
      )}
      {look.error && <FingerprintCheck url={url} error={look.error} onTrusted={() => look.reset()} />}
    </div>
  );
}
