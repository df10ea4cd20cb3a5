import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Select, Switch, TextInput } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";

import { ErrorNotice } from "@/shared/ui/errors";
import { Card } from "@/shared/ui/page";
import { QueryView } from "@/shared/ui/query-view";
import { Notice, Tag } from "@/shared/ui/tag";
import { toast } from "@/shared/ui/toast";
import { RuleMark } from "@/shared/ui/why";

import { type Mailbox, settings } from "../api";
import { settingsQueries } from "../queries";
import { Setting } from "./settings-form";

/** Languages are named in themselves: who needs one can read it. */
const languageNames: Record<string, string> = { en: "English", "zh-CN": "简体中文", ru: "Русский", es: "Español" };

/** Where the centre writes while this program is closed. */
export function MailboxSettings() {
  const { t } = useLingui();
  const query = useQuery(settingsQueries.mailbox());
  return (
    <Card title={t`Letters from the centre`}>
      <QueryView query={query}>{(now) => <Form now={now} />}</QueryView>
    </Card>
  );
}

function Form({ now }: { now: Mailbox }) {
  const { t } = useLingui();
  const [value, setValue] = useState(now);
  const save = useMutation({
    mutationFn: settings.setMailbox,
    onSuccess: () => toast({ text: <Trans>Your change is on its way to the centre.</Trans> }),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate(value);
  };
  const same = value.email === now.email && value.reminders === now.reminders && value.language === now.language;
  return (
    <form onSubmit={submit} className="stack">
      <Setting label={t`Reminders by e-mail`}>
        <Switch
          aria-label={t`Reminders by e-mail`}
          checked={value.reminders}
          onChange={(event) => setValue({ ...value, reminders: event.currentTarget.checked })}
        />
        <RuleMark rule="R37" />
      </Setting>
      <Setting label={t`E-mail of the account`}>
        <TextInput
          aria-label={t`E-mail of the account`}
          type="email"
          dir="ltr"
          w={320}
          value={value.email}
          onChange={(event) => setValue({ ...value, email: event.currentTarget.value })}
        />
      </Setting>
      <Setting label={t`Language of letters`}>
        <Select
          aria-label={t`Language of letters`}
          w={200}
          allowDeselect={false}
          value={value.language}
          onChange={(language) => language && setValue({ ...value, language })}
          data={now.languages.map((code) => ({ value: code, label: languageNames[code] ?? code }))}
        />
      </Setting>
      {now.letters ? (
        <p className="small muted">
          <Trans>
            Before a machine may be kept, the centre writes to the contact of the work order and to this address. Switched
            off, it writes to neither.
          </Trans>
        </p>
      ) : (
        <Notice tone="warn">
          <Trans>This centre sends no letters: look into this program for what comes due. What you choose here holds if it begins to.</Trans>
        </Notice>
      )}
      {save.error && <ErrorNotice error={save.error} />}
      <div className="line">
        <Button type="submit" variant="default" disabled={same || save.isPending}>
          <Trans>Tell the centre</Trans>
        </Button>
        {now.waiting && (
          <Tag tone="warn">
            <Trans>On its way</Trans>
          </Tag>
        )}
      </div>
    </form>
  );
}
