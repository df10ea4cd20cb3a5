import { Trans, useLingui } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import { useState } from "react";

import { asAppError } from "@/shared/bridge/errors";
import { Dialog } from "@/shared/ui/dialog";
import { ErrorNotice } from "@/shared/ui/errors";

import { type Session, start } from "../api";
import { useNewSession } from "../queries";

/** Stops speaking for this centre. What is unsent is named before it is given up. */
export function LeaveButton({ session }: { session: Session }) {
  const { t } = useLingui();
  const [asking, setAsking] = useState(false);
  const leave = useNewSession(start.leave);
  const practice = session.mode === "practice";
  const unsent = leave.error !== null && asAppError(leave.error).kind === "conflict";
  const words = practice ? t`Leave practice` : t`Leave this centre`;
  return (
    <>
      <Button variant="default" onClick={() => setAsking(true)}>
        {words}
      </Button>
      {asking && (
        <Dialog
          title={words}
          action={unsent ? t`Leave and give up what is unsent` : words}
          danger={unsent || !practice}
          busy={leave.isPending}
          onClose={() => {
            setAsking(false);
            leave.reset();
          }}
          onAction={() => leave.mutate(unsent)}
        >
          {leave.error ? (
            <ErrorNotice error={leave.error} />
          ) : practice ? (
            <Trans>You come back to the start page. The practice cases stay as they are.</Trans>
          ) : (
            <Trans>
              This computer forgets its key to the centre. To come back you need a new invite. Drafts stay on this computer.
            </Trans>
          )}
        </Dialog>
      )}
    </>
  );
}
