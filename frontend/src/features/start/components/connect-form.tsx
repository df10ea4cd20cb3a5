import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Group, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";

import { currentLocale } from "@/shared/i18n/i18n";
import { ErrorNotice } from "@/shared/ui/errors";
import { Notice } from "@/shared/ui/tag";
import { Code } from "@/shared/ui/text";
import { toast } from "@/shared/ui/toast";

import { start } from "../api";
import { useNewSession } from "../queries";
import { FingerprintCheck, PinnedFingerprint } from "./fingerprint";

/** Joins a centre in two steps: who answers at this address, then the invite. */
export function ConnectForm({ onBack }: { onBack: () => void }) {
  const { t } = useLingui();
  const [url, setUrl] = useState("");
  const [invite, setInvite] = useState("");
  const [account, setAccount] = useState("");
  const [email, setEmail] = useState("");
  const [install, setInstall] = useState("");
  const probe = useMutation({ mutationFn: start.probe });
  const connect = useNewSession(start.connect);
  const found = probe.data;
  const registers = found?.open === true && invite.trim() === "";
  const pending = probe.isPending || connect.isPending;

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (found === undefined) probe.mutate(url.trim());
    else
      connect.mutate(
        {
          url: found.url,
          invite: invite.trim(),
          account: invite.trim() === "" ? account.trim() : "",
          email: registers ? email.trim() : "",
          language: currentLocale(),
          install: install.trim(),
          fingerprint: "",
        },
        {
          onSuccess: (session) => {
            if (session.secrets === "file")
              toast({ text: t`No keychain answers on this computer: the key to the centre is kept in a file. See Settings.` });
          },
        },
      );
  };

  return (
    <form className="card start-form" onSubmit={submit}>
      <h2>
        <Trans>Connect to my after-sales centre</Trans>
      </h2>
      <TextInput
        label={t`Address of the centre`}
        placeholder="https://repair.example.com"
        value={url}
        onChange={(event) => {
          setUrl(event.currentTarget.value);
          probe.reset();
          connect.reset();
        }}
        dir="ltr"
        required
        autoFocus
      />
      {probe.error && (
        <FingerprintCheck url={url.trim()} error={probe.error} onTrusted={() => probe.mutate(url.trim())} />
      )}
      {found && (
        <>
          <Notice tone="ok" role="status">
            <span className="strong">{(currentLocale() === "zh-CN" && found.name_zh) || found.name}</span>
            <div className="small">
              <Code>{found.url}</Code>
            </div>
            {found.fingerprint !== "" && <PinnedFingerprint url={found.url} fingerprint={found.fingerprint} />}
            <div>
              <Trans>Check that this is your centre before you enter the invite.</Trans>
            </div>
          </Notice>
          <TextInput
            label={t`Invite code`}
            description={t`Short, for one use. The centre gave it to you.`}
            value={invite}
            onChange={(event) => setInvite(event.currentTarget.value)}
            dir="ltr"
            required={!found.open}
            autoFocus
          />
          {registers && (
            <>
              <TextInput
                label={t`Or the name of your company`}
                description={t`This centre makes an account for you without an invite.`}
                value={account}
                onChange={(event) => setAccount(event.currentTarget.value)}
                required
              />
              <TextInput
                label={t`E-mail for reminders`}
                description={t`The centre writes there before a day passes that matters. It may stay empty; Settings change it.`}
                value={email}
                onChange={(event) => setEmail(event.currentTarget.value)}
                type="email"
                dir="ltr"
              />
            </>
          )}
          <TextInput
            label={t`Name of this computer`}
            description={t`So that the centre can tell your computers apart and switch one off.`}
            value={install}
            onChange={(event) => setInstall(event.currentTarget.value)}
          />
        </>
      )}
      {connect.error && <ErrorNotice error={connect.error} />}
      <Group justify="space-between">
        <Button variant="default" onClick={onBack} disabled={pending}>
          <Trans>Back</Trans>
        </Button>
        <Button type="submit" disabled={pending || url.trim() === ""}>
          {found === undefined ? <Trans>Find the centre</Trans> : <Trans>Join the centre</Trans>}
        </Button>
      </Group>
    </form>
  );
}
