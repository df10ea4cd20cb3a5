import "./templates.css";

import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { Button, Select, Textarea } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Link, useLocation } from "wouter";

import { currentLocale } from "@/shared/i18n/i18n";
import { useHotkeys } from "@/shared/lib/use-hotkeys";
import { ErrorNotice } from "@/shared/ui/errors";
import { ActionBar, Card } from "@/shared/ui/page";
import { QueryView } from "@/shared/ui/query-view";
import { Notice } from "@/shared/ui/tag";
import { Keys } from "@/shared/ui/text";
import { toast, toastError } from "@/shared/ui/toast";

import { templates } from "../api";
import { templateQueries, useTemplateDeed } from "../queries";

/** A template as text beside the page that it draws; a mistake names its element. */
export function TemplateEditor({ id }: { id: string }) {
  const source = useQuery(templateQueries.source(id));
  const list = useQuery(templateQueries.list());
  return (
    <>
      <div className="line">
        <Link href="/templates" className="line-link">
          <Trans>All templates</Trans>
        </Link>
      </div>
      <QueryView query={source}>
        {(text) => <Editor key={id} id={id} text={text} own={list.data?.find((row) => row.id === id)?.own ?? false} />}
      </QueryView>
    </>
  );
}

function Editor({ id, text, own }: { id: string; text: string; own: boolean }) {
  const { t } = useLingui();
  const [, navigate] = useLocation();
  const [now, setNow] = useState(text);
  const [language, setLanguage] = useState<string>(currentLocale());
  const [shown] = useDebouncedValue(now, 250);
  const preview = useQuery(templateQueries.preview(shown, language));
  const save = useTemplateDeed((source: string) => templates.save(id, source));
  const remove = useTemplateDeed(templates.remove);
  const good = !preview.isError && preview.data !== undefined && shown === now;
  const may = own && good && now !== text && !save.isPending;
  const keep = () => save.mutate(now, { onSuccess: () => toast({ text: <Trans>Saved. The next print uses it.</Trans> }), onError: toastError });
  useHotkeys([{ keys: "mod+Enter", label: t`Save the template`, group: "page", run: () => may && keep() }]);
  const page = preview.data?.page_url.replace("{n}", "1");
  return (
    <>
      {!own && (
        <Notice tone="info">
          <Trans>This template came with the program. Copy it to change it.</Trans>
        </Notice>
      )}
      <div className="templates">
        <Card title={id}>
          <Textarea
            className="template-source"
            aria-label={t`Source of ${id}`}
            value={now}
            onChange={(event) => setNow(event.currentTarget.value)}
            readOnly={!own}
            rows={26}
            spellCheck={false}
            dir="ltr"
          />
        </Card>
        <Card title={t`Preview`}>
          <div className="stack">
            <Select
              label={t`Language on paper`}
              value={language}
              onChange={(value) => value && setLanguage(value)}
              data={[
                { value: "en", label: "English" },
                { value: "zh-CN", label: "简体中文" },
                { value: "ru", label: "Русский" },
                { value: "es", label: "Español" },
                { value: "ar", label: "العربية" },
              ]}
              allowDeselect={false}
            />
            {preview.error && <ErrorNotice error={preview.error} />}
            {preview.data && (
              <div className="template-page" aria-busy={shown !== now}>
                <img src={page} alt={t`Page ${1}`} />
                <p className="small muted">
                  <Plural value={preview.data.pages} one="# page" other="# pages" />
                </p>
              </div>
            )}
          </div>
        </Card>
      </div>
      {own && (
        <ActionBar>
          <Button
            variant="default"
            onClick={() => remove.mutate(id, { onSuccess: () => navigate("/templates"), onError: toastError })}
          >
            <Trans>Remove the template</Trans>
          </Button>
          <span className="grow" />
          <Button variant="default" disabled={now === text} onClick={() => setNow(text)}>
            <Trans>Undo all changes</Trans>
          </Button>
          <Button disabled={!may} onClick={keep} rightSection={<Keys combo="mod+Enter" />}>
            <Trans>Save the template</Trans>
          </Button>
        </ActionBar>
      )}
    </>
  );
}
