import type { TablerIcon } from "@tabler/icons-react";
import type { ReactNode } from "react";

interface EmptyStateProps {
  icon: TablerIcon;
  title: ReactNode;
  /** What belongs here, in a sentence. */
  children?: ReactNode;
  /** At most one main action. Good news has none. */
  action?: ReactNode;
  /** h1 where this is all of the screen. */
  heading?: "h1" | "h2";
}

export function EmptyState({ icon: Icon, title, children, action, heading: Heading = "h2" }: EmptyStateProps) {
  return (
    <div className="empty">
      <Icon size={36} stroke={1.5} aria-hidden />
      <Heading>{title}</Heading>
      {children !== undefined && <p>{children}</p>}
      {action}
    </div>
  );
}
