import { useLingui } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import { IconCheck, IconCopy } from "@tabler/icons-react";
import { useState } from "react";

import { copyText, readText } from "@/shared/bridge/runtime";

import { toast } from "./toast";

interface CopyButtonProps {
  /** What is copied, to the letter. */
  value: string;
  /** The button's words; "Copy" when it stands beside what it copies. */
  text?: string;
  /** What it copies, for those who do not see beside what it stands. */
  label?: string;
}

/**
 * Copies a figure. The clipboard is read back afterwards: some malicious
 * programs swap an account number there.
 */
export function CopyButton({ value, text, label }: CopyButtonProps) {
  const { t } = useLingui();
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    const done = await copyText(value).catch(() => false);
    if (!done) {
      toast({ tone: "warn", text: t`This computer did not let the program copy. Select the text and copy it yourself.` });
      return;
    }
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
    <Button
      size="compact-sm"
      variant="default"
      onClick={() => void copy()}
      onBlur={() => setCopied(false)}
      aria-label={label}
      leftSection={copied ? <IconCheck size={14} aria-hidden /> : <IconCopy size={14} aria-hidden />}
    >
      {copied ? t`Copied` : (text ?? t`Copy`)}
    </Button>
  );
}
