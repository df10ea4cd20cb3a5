import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { Radio, Stack } from "@mantine/core";
import { useState } from "react";

import { tTerm } from "@/shared/i18n/terms";
import { Dialog } from "@/shared/ui/dialog";

import { whys } from "../documents";

interface AgainDialogProps {
  count: number;
  onClose: () => void;
  onPrint: (why: string) => void;
}

/** Labels that were printed before are marked as copies, and need a reason. */
export function AgainDialog({ count, onClose, onPrint }: AgainDialogProps) {
  const { t } = useLingui();
  const [why, setWhy] = useState("");
  return (
    <Dialog title={t`Print again`} action={t`Print again`} disabled={why === ""} onClose={onClose} onAction={() => onPrint(why)}>
      <Stack gap="sm">
        <p>
          <Plural value={count} one="# of these labels was printed before." other="# of these labels were printed before." />{" "}
          <Trans>They will say COPY, so that nobody takes two labels for two boxes.</Trans>
        </p>
        <Radio.Group label={t`Why are they printed again?`} value={why} onChange={setWhy}>
          <Stack gap={6} mt={6}>
            {Object.keys(whys).map((value) => (
              <Radio key={value} value={value} label={tTerm(whys, value)} />
            ))}
          </Stack>
        </Radio.Group>
      </Stack>
    </Dialog>
  );
}
