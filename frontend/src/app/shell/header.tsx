import { useLingui } from "@lingui/react/macro";
import { IconBell, IconSearch } from "@tabler/icons-react";
import { Link } from "wouter";

import { RoleSwitch } from "@/features/start/components/role-switch";
import type { Session } from "@/features/start/api";
import type { SyncStatus } from "@/features/sync/api";
import { SyncPill } from "@/features/sync/components/sync-pill";
import { Keys } from "@/shared/ui/text";

import { Brand } from "@/shared/ui/brand";

interface HeaderProps {
  session: Session;
  status: SyncStatus | undefined;
  needs: number;
  onSearch: () => void;
}

export function Header({ session, status, needs, onSearch }: HeaderProps) {
  const { t } = useLingui();
  return (
    <header className="shell-head">
      <Link href="/needs" className="brand">
        <Brand />
      </Link>
      <button type="button" className="search-box" onClick={onSearch}>
        <IconSearch size={16} stroke={1.75} aria-hidden />
        <span className="grow">{t`Search orders, serials, waybills…`}</span>
        <Keys combo="mod+k" />
      </button>
      <div className="head-end">
        <RoleSwitch session={session} />
        {status && <SyncPill status={status} />}
        <Link
          href="/needs"
          className="icon-button"
          aria-label={needs === 0 ? t`Nothing needs you` : t`${needs} things need you`}
        >
          <IconBell size={18} stroke={1.75} aria-hidden />
          {needs > 0 && (
            <span className="dot" aria-hidden>
              {needs > 99 ? "99+" : needs}
            </span>
          )}
        </Link>
      </div>
    </header>
  );
}
