import "./start.css";

import { Trans, useLingui } from "@lingui/react/macro";
import { IconBuildingFactory2, IconPlayerPlay } from "@tabler/icons-react";
import { lazy, type ReactNode, useEffect, useState } from "react";

import { Brand } from "@/shared/ui/brand";
import { localeNames, locales } from "@/shared/i18n/i18n";

import { start } from "../api";
import { reportPainted } from "../painted";
import { useNewSession } from "../queries";

const ConnectForm = lazy(() => import("./connect-form").then((form) => ({ default: form.ConnectForm })));
const ErrorNotice = lazy(() => import("@/shared/ui/errors").then((errors) => ({ default: errors.ErrorNotice })));

interface StartPageProps {
  language: string;
  onLanguage: (language: string) => void;
  /** Draws what needs the library of controls: this page itself does not wait for it. */
  withKit: (part: ReactNode) => ReactNode;
}

/** What a newcomer meets: practise at once, or join a real centre. Nothing to configure. */
export function StartPage({ language, onLanguage, withKit }: StartPageProps) {
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
        withKit(<ConnectForm onBack={() => setConnecting(false)} />)
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
            <button
              type="button"
              className="start-button"
              data-first
              onClick={() => practise.mutate(undefined)}
              disabled={practise.isPending}
              autoFocus
            >
              {practise.isPending ? <Trans>Preparing the practice centre…</Trans> : <Trans>Practise</Trans>}
            </button>
          </section>
          <section className="card">
            <IconBuildingFactory2 size={28} stroke={1.5} className="ink-ok" aria-hidden />
            <h2>
              <Trans>Connect to my after-sales centre</Trans>
            </h2>
            <p className="muted">
              <Trans>You need the centre's address and the invite code that it gave you. There is no password.</Trans>
            </p>
            <button type="button" className="start-button" onClick={() => setConnecting(true)}>
              <Trans>Connect</Trans>
            </button>
          </section>
        </div>
      )}
      {practise.error && withKit(<ErrorNotice error={practise.error} />)}
    </main>
  );
}
