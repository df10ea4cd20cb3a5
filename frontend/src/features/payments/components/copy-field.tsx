import { useLingui } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import { IconCheck, IconCopy } from "@tabler/icons-react";
import { type ReactNode, useState } from "react";

import { copyText, readText } from "@/shared/bridge/runtime";
import { toast } from "@/shared/ui/toast";

interface CopyFieldProps {
  label: string;
  /** What is copied, to the letter. */
  value: string;
  children?: ReactNode;
}

/**
 * A figure to take to the bank. The clipboard is read back after copying: some
 * malicious programs swap an account number there.
 */
export function CopyField({ label, value, children }: CopyFieldProps) {
  const { t } = useLingui();
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    await copyText(value);
    const back = await readText();
    if (back !== undefined && back.trim() !== value.trim()) {
      toast({
        tone: "error",
        text: t`Another program changed what was copied. Do not pay; check this computer for malware first.`,
      });
      return;
    }
    setCopied(true);
  };
  return (
    <>
      <dt>{label}</dt>
      <dd className="copy-field">
        <bdi dir="ltr" className="code">
          {children ?? value}
        </bdi>
        <Button
          size="compact-sm"
          variant="default"
          onClick={() => void copy()}
          onBlur={() => setCopied(false)}
          aria-label={t`Copy: ${label}`}
          leftSection={copied ? <IconCheck size={14} aria-hidden /> : <IconCopy size={14} aria-hidden />}
        >
          {copied ? t`Copied` : t`Copy`}
        </Button>
      </dd>
    </>
  );
}
