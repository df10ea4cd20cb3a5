import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Group, Modal } from "@mantine/core";
import type { ReactNode } from "react";

import { useHotkeys } from "@/shared/lib/use-hotkeys";

import { Keys } from "./text";

interface DialogProps {
  title: ReactNode;
  /** The main action's words: the verb and its object. */
  action?: string;
  danger?: boolean;
  disabled?: boolean;
  busy?: boolean;
  size?: string | number;
  onAction?: () => void;
  onClose: () => void;
  children: ReactNode;
}

/**
 * A sheet over the page. Esc closes it and keeps the data, Ctrl+Enter is its
 * main action, and the page below hears no key meanwhile.
 */
export function Dialog(props: DialogProps) {
  const { title, action, danger = false, disabled = false, busy = false, size = 520, onAction, onClose, children } = props;
  const { t } = useLingui();
  const may = action !== undefined && onAction !== undefined && !disabled && !busy;
  useHotkeys(may ? [{ keys: "mod+Enter", label: action, group: "page", run: onAction }] : [], true);
  return (
    <Modal opened onClose={onClose} title={title} size={size} closeButtonProps={{ "aria-label": t`Close` }}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (may) onAction();
        }}
      >
        {children}
        <Group justify="flex-end" mt="md">
          <Button variant="default" onClick={onClose}>
            {action === undefined ? <Trans>Close</Trans> : <Trans>Cancel</Trans>}
          </Button>
          {action !== undefined && (
            <Button
              type="submit"
              color={danger ? "red.8" : undefined}
              disabled={disabled || busy}
              data-busy={busy || undefined}
              rightSection={<Keys combo="mod+Enter" />}
              data-autofocus
            >
              {action}
            </Button>
          )}
        </Group>
      </form>
    </Modal>
  );
}
