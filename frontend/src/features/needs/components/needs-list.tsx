import "./needs.css";

import { Trans, useLingui } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import { IconMoodSmile } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import type { KeyboardEvent } from "react";
import { useLocation } from "wouter";

import { EmptyState } from "@/shared/ui/empty-state";
import { QueryView } from "@/shared/ui/query-view";
import { Tag } from "@/shared/ui/tag";
import { Code, Day, Instant } from "@/shared/ui/text";
import { Why } from "@/shared/ui/why";

import type { Need } from "../api";
import { showNeed } from "../need-texts";
import { needsQueries } from "../queries";

/** Today's list: one line a thing, one action a line, the most urgent first as Go sorts them. */
export function NeedsList() {
  const query = useQuery(needsQueries.list());
  return (
    <QueryView query={query}>
      {(needs) =>
        needs.length === 0 ? (
          <EmptyState icon={IconMoodSmile} title={<Trans>Nothing needs you now</Trans>}>
            <Trans>Quotes, payments, questions and deadlines appear here as soon as they wait for you.</Trans>
          </EmptyState>
        ) : (
          <ul className="list needs" onKeyDown={walk}>
            {needs.map((need, i) => (
              <NeedLine key={`${need.kind}/${need.order}/${i}`} need={need} />
            ))}
          </ul>
        )
      }
    </QueryView>
  );
}

function NeedLine({ need }: { need: Need }) {
  const { t } = useLingui();
  const [, navigate] = useLocation();
  const { icon: Icon, tone, text, action } = showNeed(need);
  const name = need.number || need.title;
  return (
    <li className="need">
      <span className={`need-icon tone-${tone}`}>
        <Icon size={18} stroke={1.75} aria-hidden />
      </span>
      <div className="grow">
        <div className="strong">{text}</div>
        <div className="small muted need-facts">
          {need.number && <Code>{need.number}</Code>}
          {need.title && <span>{need.title}</span>}
          {need.at && <Instant value={need.at} brief />}
        </div>
      </div>
      {need.date && (
        <span className="need-date">
          <Tag tone={need.days <= 3 ? "error" : need.days <= 14 ? "warn" : "quiet"}>
            <Day value={need.date} />
          </Tag>
          <Why why={need.why} />
        </span>
      )}
      <Button variant="default" aria-label={t`${action}: ${name}`} onClick={() => navigate(need.route.replace(/^#/, ""))}>
        {action}
      </Button>
    </li>
  );
}

/** Arrows walk the lines' buttons. */
function walk(event: KeyboardEvent<HTMLUListElement>): void {
  const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
  if (step === 0) return;
  const buttons = [...event.currentTarget.querySelectorAll<HTMLElement>(".need > button")];
  const here = buttons.findIndex((button) => button === document.activeElement);
  event.preventDefault();
  buttons[Math.min(Math.max(here + step, 0), buttons.length - 1)]?.focus();
}
