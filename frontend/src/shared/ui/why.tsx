import { Trans, useLingui } from "@lingui/react/macro";
import { Popover, UnstyledButton } from "@mantine/core";
import { IconHelpCircle } from "@tabler/icons-react";
import type { ReactNode } from "react";

import type { Why as WhyFact } from "@/shared/bridge/models";
import { inputTerms, tName } from "@/shared/i18n/terms";
import { tCode } from "@/shared/i18n/t-error";
import { formatDay, formatInstant } from "@/shared/lib/dates";

import { useRuleText } from "./rules";
import { Tag } from "./tag";

/** The number of a rule of the guide, where a screen acts on it. */
export function RuleMark({ rule }: { rule: string }) {
  const text = useRuleText(rule);
  return (
    <span className="tag tone-quiet" title={text}>
      <bdi dir="ltr">{rule}</bdi>
    </span>
  );
}

interface WhyProps {
  why: WhyFact;
  children?: ReactNode;
}

/**
 * Every derived value tells where it comes from: the rule and its sentence,
 * what went in, and which edition of the working-day calendar (R50).
 */
export function Why({ why, children }: WhyProps) {
  const { t } = useLingui();
  const statement = useRuleText(why.rule);
  const sentence = why.code === "" ? undefined : tCode(why.code, why.inputs);
  const inputs = Object.entries(why.inputs ?? {});
  if (why.rule === "") return null;
  return (
    <Popover width={340} position="bottom-start" withArrow trapFocus returnFocus>
      <Popover.Target>
        <UnstyledButton className="why" aria-label={t`Why? Rule ${why.rule}`}>
          <IconHelpCircle size={16} stroke={1.75} aria-hidden />
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown aria-label={t`Why? Rule ${why.rule}`}>
        <div className="why-body" tabIndex={-1} data-autofocus>
          <p>
            <RuleMark rule={why.rule} />{" "}
            {why.estimate && (
              <Tag tone="warn">
                <Trans>Estimate</Trans>
              </Tag>
            )}
          </p>
          {sentence !== undefined && <p className="strong">{sentence}</p>}
          {statement !== undefined && <p>{statement}</p>}
          {children}
          {(inputs.length > 0 || why.calendar) && (
            <dl className="facts">
              {inputs.map(([name, value]) => (
                <div key={name} style={{ display: "contents" }}>
                  <dt>{tName(inputTerms, name)}</dt>
                  <dd>
                    <bdi dir="ltr">{showInput(value)}</bdi>
                  </dd>
                </div>
              ))}
              {why.calendar && (
                <>
                  <dt>
                    <Trans>Calendar</Trans>
                  </dt>
                  <dd>
                    <bdi dir="ltr">{why.calendar}</bdi>
                  </dd>
                </>
              )}
            </dl>
          )}
          {why.estimate && (
            <p className="small muted">
              <Trans>Not everything is known yet, so this may change.</Trans>
            </p>
          )}
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}

function showInput(value: string): string {
  if (/^\d{4}-\d{2}-\d{2}$/.test(value)) return formatDay(value);
  if (/^\d{4}-\d{2}-\d{2}T/.test(value)) return formatInstant(value);
  return value;
}
