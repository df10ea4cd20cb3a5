import "./start.css";

import { Trans, useLingui } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import { IconBuildingFactory2, IconPlayerPlay } from "@tabler/icons-react";
import { useEffect, useState } from "react";

import { Brand } from "@/shared/ui/brand";
import { ErrorNotice } from "@/shared/ui/errors";
import { localeNames, locales } from "@/shared/i18n/i18n";

import { start } from "../api";
import { reportPainted } from "../painted";
import { useNewSession } from "../queries";
import { ConnectForm } from "./connect-form";

interface StartPageProps {
  language: string;
  onLanguage: (language: string) => void;
}

/** What a newcomer meets: practise at once, or join a real centre. Nothing to configure. */
export function StartPage({ language, onLanguage }: StartPageProps) {
  const { t } = useLingui();
  const [connecting, setConnecting] = useState(false);
  const practise = useNewSession(() => start.practise());
  useEffect(() => reportPainted("start", 0), []);
  return (
    <main className="start">
      <div className="start-head">
        <span className="brand">
          <Brand size={26} />
        </span>
        <div className="start-language" role="radiogroup" aria-label={t`Language`}>
          {locales.map((value) => (
            <label key={value} lang={value}>
              <input
                type="radio"
                name="language"
                checked={value === language}
                onChange={() => onLanguage(value)}
              />
              {localeNames[value]}
            </label>
          ))}
        </div>
      </div>
      <h1>
        <Trans>Mining machines to repair, and back</Trans>
      </h1>
      <p className="muted">
        <Trans>
          List the machines, send the work order once, pack with labels, answer quotes, pay, and follow every parcel
          home.
        </Trans>
      </p>
      {connecting ? (
        <ConnectForm onBack={() => setConnecting(false)} />
      ) : (
        <div className="start-choices">
          <section className="card">
            <IconPlayerPlay size={28} stroke={1.5} className="ink-ok" aria-hidden />
            <h2>
              <Trans>Practise first</Trans>
            </h2>
            <p className="muted">
              <Trans>
                A small centre on this computer, with plausible cases in every state. You play the farm and the workshop.
                Nothing leaves this computer.
              </Trans>
            </p>
            <Button onClick={() => practise.mutate(undefined)} disabled={practise.isPending} autoFocus>
              {practise.isPending ? <Trans>Preparing the practice centre…</Trans> : <Trans>Practise</Trans>}
            </Button>
          </section>
          <section className="card">
            <IconBuildingFactory2 size={28} stroke={1.5} className="ink-ok" aria-hidden />
            <h2>
              <Trans>Connect to my after-sales centre</Trans>
            </h2>
            <p className="muted">
              <Trans>You need the centre's address and the invite code that it gave you. There is no password.</Trans>
            </p>
            <Button variant="default" onClick={() => setConnecting(true)}>
              <Trans>Connect</Trans>
            </Button>
          </section>
        </div>
      )}
      {practise.error && <ErrorNotice error={practise.error} />}
    </main>
  );
}
