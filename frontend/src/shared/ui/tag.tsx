import {
  IconAlertTriangle,
  IconCircleCheck,
  IconCircleX,
  IconInfoCircle,
  IconReceipt2,
  type TablerIcon,
} from "@tabler/icons-react";
import type { ReactNode } from "react";

export type Tone = "quiet" | "ok" | "warn" | "error" | "info" | "money";

const toneIcons: Record<Tone, TablerIcon | undefined> = {
  quiet: undefined,
  ok: IconCircleCheck,
  warn: IconAlertTriangle,
  error: IconCircleX,
  info: IconInfoCircle,
  money: IconReceipt2,
};

interface TagProps {
  tone: Tone;
  icon?: TablerIcon | null;
  children: ReactNode;
}

/** A state in a word. Green is brand and "ok" alike, so colour never stands alone. */
export function Tag({ tone, icon, children }: TagProps) {
  const Icon = icon === undefined ? toneIcons[tone] : icon;
  return (
    <span className={`tag tone-${tone}`}>
      {Icon && <Icon size={14} stroke={1.75} aria-hidden />}
      {children}
    </span>
  );
}

interface NoticeProps {
  tone: Tone;
  children: ReactNode;
  role?: "alert" | "status";
}

/** A sentence or two that must be seen where they are. */
export function Notice({ tone, children, role }: NoticeProps) {
  const Icon = toneIcons[tone] ?? IconInfoCircle;
  return (
    <div className={`notice tone-${tone}`} role={role}>
      <Icon size={18} stroke={1.75} aria-hidden />
      <div className="grow">{children}</div>
    </div>
  );
}
