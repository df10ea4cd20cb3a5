import { Trans } from "@lingui/react/macro";

import type { LabelCheck } from "@/shared/bridge/models";
import { tError } from "@/shared/i18n/t-error";

import { Notice } from "./tag";
import { Code } from "./text";

/** What a scanned box label proves: who packed the box, and whether that is what is in it. */
export function BoxCheck({ check }: { check: LabelCheck }) {
  switch (check.outcome) {
    case "":
      return null;
    case "verified":
      return (
        <Notice tone="ok" role="status">
          <p className="strong">
            <Trans>Verified: the contents are what was packed</Trans>
          </p>
          <Packer check={check} />
          <Again check={check} />
        </Notice>
      );
    case "contents_differ":
      return (
        <Notice tone="error" role="alert">
          <p className="strong">
            <Trans>Contents differ: this is not what was packed under this label</Trans>
          </p>
          <Packer check={check} />
          <Again check={check} />
        </Notice>
      );
    default:
      return (
        <Notice tone="warn" role="status">
          <p className="strong">
            <Trans>Not verified</Trans>
          </p>
          {tError(check.why)}
          <Again check={check} />
        </Notice>
      );
  }
}

function Packer({ check }: { check: LabelCheck }) {
  return (
    <p>
      {check.packer === "" ? (
        <Trans>Signed by a computer that the centre knows.</Trans>
      ) : (
        <Trans>
          Signed on <Code>{check.packer}</Code> of {check.holder}.
        </Trans>
      )}{" "}
      <Trans>
        Check <Code>{check.check}</Code>
      </Trans>
    </p>
  );
}

/** A signature does not stop a photocopy. */
function Again({ check }: { check: LabelCheck }) {
  return check.received ? (
    <p>
      <Trans>A box with this label was received before: one of the two is a copy.</Trans>
    </p>
  ) : null;
}
