import { Trans } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import { IconAlertTriangle, IconCheck, IconX } from "@tabler/icons-react";
import type { ReactNode } from "react";

import { asAppError } from "@/shared/bridge/errors";
import { tAppError } from "@/shared/i18n/t-error";

interface Toast {
  text: ReactNode;
  tone?: "ok" | "warn" | "error";
  /** Taking it back is better than asking before. */
  undo?: () => void;
  /** Milliseconds; errors stay until they are closed. */
  stay?: number;
}

// Loaded with the first toast: no first screen shows one.
const kit = () => import("@mantine/notifications");

const icons = { ok: IconCheck, warn: IconAlertTriangle, error: IconX };

export function toast({ text, tone = "ok", undo, stay }: Toast): string {
  const Icon = icons[tone];
  const id = crypto.randomUUID();
  void kit().then(({ notifications }) => notifications.show({
    id,
    withBorder: true,
    icon: <Icon size={16} aria-hidden />,
    className: `toast toast-${tone}`,
    autoClose: stay ?? (tone === "error" ? false : undo ? 10_000 : 5_000),
    message: (
      <span className="toast-body">
        <span className="grow">{text}</span>
        {undo && (
          <Button
            size="compact-sm"
            variant="default"
            onClick={() => {
              void kit().then(({ notifications }) => notifications.hide(id));
              undo();
            }}
          >
            <Trans>Undo</Trans>
          </Button>
        )}
      </span>
    ),
  }));
  return id;
}

export function toastError(thrown: unknown): void {
  toast({ text: tAppError(asAppError(thrown)), tone: "error" });
}
