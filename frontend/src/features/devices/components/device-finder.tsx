import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { TextInput } from "@mantine/core";
import { IconBarcode, IconDeviceDesktopSearch, IconSearch } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link, useLocation } from "wouter";

import { deviceTerms, stageTerms } from "@/shared/i18n/terms";
import { useScanner } from "@/shared/lib/use-scanner";
import { EmptyState } from "@/shared/ui/empty-state";
import { ErrorNotice } from "@/shared/ui/errors";
import { Card } from "@/shared/ui/page";
import { Skeleton } from "@/shared/ui/skeleton";
import { TermTag } from "@/shared/ui/term-tag";
import { Code, Instant } from "@/shared/ui/text";

import { type DeviceHit, devices } from "../api";
import { deviceQueries } from "../queries";

interface DeviceFinderProps {
  text: string;
  onText: (text: string) => void;
}

/** The history of a device by its serial: every work order and draft that has it. */
export function DeviceFinder({ text, onText }: DeviceFinderProps) {
  const { t } = useLingui();
  const found = useQuery(deviceQueries.find(text));
  const [, navigate] = useLocation();
  // A serial is looked for; one of our own labels leads to its work order.
  useScanner((code) => {
    devices
      .scan(code)
      .then((target) => (target.order === "" || target.kind === "serial" ? onText(code) : navigate(`/orders/${target.order}`)))
      .catch(() => onText(code));
  });
  return (
    <>
      <TextInput
        type="search"
        value={text}
        onChange={(event) => onText(event.currentTarget.value)}
        label={t`Serial number`}
        description={t`Scan it, or type at least three characters of it.`}
        leftSection={<IconSearch size={16} aria-hidden />}
        maw={480}
        data-autofocus
      />
      {text.trim().length < 3 ? (
        <EmptyState icon={IconBarcode} title={<Trans>Find a device</Trans>}>
          <Trans>Every repair of a device stands here, whichever work order it was in.</Trans>
        </EmptyState>
      ) : found.error ? (
        <ErrorNotice error={found.error} />
      ) : found.data === undefined ? (
        <Skeleton />
      ) : (
        <Hits hits={found.data} text={text} />
      )}
    </>
  );
}

function Hits({ hits, text }: { hits: DeviceHit[]; text: string }) {
  if (hits.length === 0)
    return (
      <EmptyState icon={IconDeviceDesktopSearch} title={<Trans>No such device here</Trans>}>
        <Trans>
          Neither a work order nor a draft on this computer has <Code>{text}</Code>.
        </Trans>
      </EmptyState>
    );
  return (
    <Card title={<Plural value={hits.length} one="# device found" other="# devices found" />}>
      <ul className="lines">
        {hits.map((hit) => (
          <li key={`${hit.order}:${hit.device}`} className="line">
            <div className="grow">
              <Code>{hit.serial}</Code> <span className="muted">{hit.model}</span>
            </div>
            <TermTag of={deviceTerms} value={hit.status} />
            <TermTag of={stageTerms} value={hit.stage} />
            <Instant value={hit.at} brief />
            <Link href={hit.draft ? `/drafts/${hit.order}` : `/orders/${hit.order}`} className="line-link">
              {hit.number === "" ? <Trans>Draft</Trans> : <Code>{hit.number}</Code>}
            </Link>
          </li>
        ))}
      </ul>
    </Card>
  );
}
