import { useLingui } from "@lingui/react/macro";
import { SegmentedControl } from "@mantine/core";
import { useLocation } from "wouter";

import { roleTerms, tTerm } from "@/shared/i18n/terms";
import { toastError } from "@/shared/ui/toast";

import { type Session, start } from "../api";
import { useNewSession } from "../queries";

/** In practice one person plays both sides: the farm and the workshop. */
export function RoleSwitch({ session }: { session: Session }) {
  const { t } = useLingui();
  const [, navigate] = useLocation();
  const change = useNewSession(start.switchRole);
  if (session.roles.length < 2) return null;
  return (
    <SegmentedControl
      size="xs"
      aria-label={t`Play as`}
      value={session.role}
      disabled={change.isPending}
      transitionDuration={120}
      data={session.roles.map((role) => ({ value: role, label: tTerm(roleTerms, role) }))}
      onChange={(role) =>
        change.mutate(role, { onSuccess: () => navigate("/needs"), onError: toastError })
      }
    />
  );
}
