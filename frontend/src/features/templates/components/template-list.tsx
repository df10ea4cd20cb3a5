import { Trans, useLingui } from "@lingui/react/macro";
import { Button, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Link, useLocation } from "wouter";

import { currentLocale } from "@/shared/i18n/i18n";
import { tAppError } from "@/shared/i18n/t-error";
import { Dialog } from "@/shared/ui/dialog";
import { ErrorNotice } from "@/shared/ui/errors";
import { Card } from "@/shared/ui/page";
import { QueryView } from "@/shared/ui/query-view";
import { Tag } from "@/shared/ui/tag";
import { Code } from "@/shared/ui/text";

import { type TemplateRow, templates } from "../api";
import { templateQueries, useTemplateDeed } from "../queries";

const nameOf = (row: TemplateRow) => (currentLocale() === "zh-CN" ? row.name_zh : row.name) || row.id;

/** Ours and the shop's own; a shop changes a copy. */
export function TemplateList() {
  const { t } = useLingui();
  const query = useQuery(templateQueries.list());
  const [copying, setCopying] = useState<TemplateRow>();
  return (
    <Card title={t`Label templates`}>
      <p className="muted">
        <Trans>
          A template is a text: what is drawn where, in millimetres, and which fields it shows. Labels of a table are printed with{" "}
          <Code>hashmendctl labels</Code>.
        </Trans>
      </p>
      <QueryView query={query}>
        {(rows) => (
          <ul className="lines" aria-label={t`Label templates`}>
            {rows.map((row) => (
              <li key={row.id} className="line">
                <div className="grow">
                  <Link href={`/templates/${row.id}`} className="line-link">
                    {nameOf(row)}
                  </Link>
                  <div className="muted small">
                    <Code>{row.id}</Code>
                    {row.width > 0 && ` · ${row.width} × ${row.height} mm`}
                  </div>
                  {row.problem && <div className="small">{tAppError(row.problem)}</div>}
                </div>
                {row.problem ? <Tag tone="error">{t`Not right`}</Tag> : row.own ? <Tag tone="info">{t`Your own`}</Tag> : <Tag tone="quiet">{t`Shipped`}</Tag>}
                <Button variant="default" size="compact-sm" aria-label={t`Copy and change: ${row.id}`} onClick={() => setCopying(row)}>
                  <Trans>Copy and change</Trans>
                </Button>
              </li>
            ))}
          </ul>
        )}
      </QueryView>
      {copying && <CopyDialog of={copying} onClose={() => setCopying(undefined)} />}
    </Card>
  );
}

function CopyDialog({ of, onClose }: { of: TemplateRow; onClose: () => void }) {
  const { t } = useLingui();
  const [, navigate] = useLocation();
  const [name, setName] = useState(`my-${of.id}`);
  const copy = useTemplateDeed((as: string) => templates.copy(of.id, as));
  return (
    <Dialog
      title={t`Copy ${of.id}`}
      action={t`Copy the template`}
      disabled={name.trim() === ""}
      busy={copy.isPending}
      onClose={onClose}
      onAction={() => copy.mutate(name.trim(), { onSuccess: () => navigate(`/templates/${name.trim()}`) })}
    >
      <TextInput
        label={t`Name of the copy`}
        description={t`Small letters, digits and dashes.`}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        dir="ltr"
        data-autofocus
      />
      {copy.error && <ErrorNotice error={copy.error} />}
    </Dialog>
  );
}
