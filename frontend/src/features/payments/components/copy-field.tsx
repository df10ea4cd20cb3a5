import { useLingui } from "@lingui/react/macro";
import type { ReactNode } from "react";

import { CopyButton } from "@/shared/ui/copy-button";

interface CopyFieldProps {
  label: string;
  /** What is copied, to the letter. */
  value: string;
  /** It may be read, but not copied: the payee is not trusted yet. */
  locked?: boolean;
  children?: ReactNode;
}

/** A figure to take to the bank. */
export function CopyField({ label, value, locked = false, children }: CopyFieldProps) {
  const { t } = useLingui();
  return (
    <>
      <dt>{label}</dt>
      <dd>
        <bdi dir="ltr" className="code">
          {children ?? value}
        </bdi>
        {!locked && <CopyButton value={value} label={t`Copy: ${label}`} />}
      </dd>
    </>
  );
}
