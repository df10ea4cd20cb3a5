import { useLingui } from "@lingui/react/macro";
import { Link, useLocation } from "wouter";

import { type NavEntry, type Section, sections } from "./nav";

interface NavigationProps {
  entries: NavEntry[];
  counts: Record<NonNullable<NavEntry["count"]>, number>;
}

export function Navigation({ entries, counts }: NavigationProps) {
  const { t, i18n } = useLingui();
  const [location] = useLocation();
  const groups = [...new Set(entries.map((entry) => entry.section))];
  const list = (section: Section) =>
    entries
      .filter((entry) => entry.section === section)
      .map((entry) => {
        const count = entry.count && counts[entry.count];
        const here = location === entry.path || location.startsWith(`${entry.path}/`);
        return (
          <Link key={entry.path} href={entry.path} className="nav-item" aria-current={here ? "page" : undefined}>
            <span>{i18n._(entry.label)}</span>
            {count ? <span className="count">{count}</span> : null}
          </Link>
        );
      });
  return (
    <nav className="shell-nav" aria-label={t`Sections`} data-pane>
      {groups.map((section) => (
        <div key={section} style={section === "system" ? { marginTop: "auto" } : undefined}>
          <h2>{i18n._(sections[section])}</h2>
          {list(section)}
        </div>
      ))}
    </nav>
  );
}
