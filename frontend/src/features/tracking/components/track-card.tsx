import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import { IconExternalLink } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { Link } from "wouter";

import { tError } from "@/shared/i18n/t-error";
import { parcelTerms, shipmentTerms, sourceTerms, trackTerms, tTerm } from "@/shared/i18n/terms";
import { toast, toastError } from "@/shared/ui/toast";
import { CopyButton } from "@/shared/ui/copy-button";
import { Card } from "@/shared/ui/page";
import { Notice, Tag } from "@/shared/ui/tag";
import { TermTag } from "@/shared/ui/term-tag";
import { Code, Instant } from "@/shared/ui/text";
import { RuleMark } from "@/shared/ui/why";
import { openInBrowser } from "@/shared/bridge/runtime";

import { type TrackRow, tracking } from "../api";
import { useCarrierName } from "../queries";

const travelling = ["shipped", "in_transit", "out_for_delivery", "exception"];

/** One box or shipment: who has it, what happened, what is next. */
export function TrackCard({ row, mayConfirm }: { row: TrackRow; mayConfirm: boolean }) {
  const { t } = useLingui();
  const carrierName = useCarrierName();
  const home = row.direction === "home";
  const terms = home ? shipmentTerms : parcelTerms;
  return (
    <Card
      title={
        <>
          {home ? (
            <Trans>
              Return shipment {row.seq} of {row.of}
            </Trans>
          ) : (
            <Trans>
              Box {row.seq} of {row.of}
            </Trans>
          )}
        </>
      }
      actions={
        <>
          {row.stale && (
            <Tag tone="warn">
              <Trans>No news for five days</Trans>
            </Tag>
          )}
          <TermTag of={terms} value={row.status} />
        </>
      }
    >
      <div className="line">
        <Link href={`/orders/${row.order}`} className="line-link">
          <Code>{row.number}</Code>
        </Link>
        <span className="muted">
          <Plural value={row.devices} one="# device" other="# devices" />
        </span>
        <span className="grow" />
        <span className="muted">{carrierName(row.carrier)}</span>
        {row.waybill !== "" && (
          <>
            <Code>{row.waybill}</Code>
            <CopyButton value={row.waybill} text={t`Copy waybill`} />
          </>
        )}
        {row.page !== "" && (
          <Button
            variant="subtle"
            size="compact-sm"
            leftSection={<IconExternalLink size={14} aria-hidden />}
            onClick={() => openInBrowser(row.page)}
          >
            <Trans>Carrier's page</Trans>
          </Button>
        )}
        {mayConfirm && home && travelling.includes(row.status) && <Arrived row={row} />}
      </div>
      <Alarm row={row} />
      <LastWord row={row} />
      {row.trouble && (
        <Notice tone="warn">
          {row.trouble.source !== "" && `${tTerm(sourceTerms, row.trouble.source)}: `}
          {mayConfirm && row.trouble.code === "tracking.phone_needed" ? (
            <Trans>The carrier shows this parcel only to the phone on its waybill, and no phone in the work order fits. Look at the carrier's page with that phone, or write to the centre which one it is.</Trans>
          ) : (
            tError(row.trouble.code)
          )}
        </Notice>
      )}
      {row.events.length > 0 && (
        <ol className="timeline" aria-label={t`What happened`}>
          {[...row.events].reverse().map((event, index) => (
            <li key={index}>
              <Instant value={event.at} />
              <span className="strong">{tTerm({ ...trackTerms, ...terms }, event.status)}</span>
              <span className="muted">
                {[event.place, event.text, tTerm(sourceTerms, event.source)].filter(Boolean).join(" · ")}
              </span>
            </li>
          ))}
        </ol>
      )}
    </Card>
  );
}

function Arrived({ row }: { row: TrackRow }) {
  const confirm = useMutation({
    mutationFn: () => tracking.confirmDelivery(row.order, row.id),
    onSuccess: () => toast({ text: <Trans>Noted: it has arrived.</Trans> }),
    onError: toastError,
  });
  return (
    <Button size="compact-sm" onClick={() => confirm.mutate()} disabled={confirm.isPending}>
      <Trans>It has arrived</Trans>
    </Button>
  );
}

/** What needs a person: a box at a depot, a refused return, a lost one. */
function Alarm({ row }: { row: TrackRow }) {
  switch (row.status) {
    case "held_for_pickup":
      return (
        <Notice tone="warn" >
          <Trans>The carrier holds this box for pickup. The centre does not fetch parcels: ask the carrier to deliver it to the door.</Trans>{" "}
          <RuleMark rule="R08" />
        </Notice>
      );
    case "refused":
      return (
        <Notice tone="error" >
          <Trans>The return was refused. It is not sent again unless the centre decides to: write to the centre.</Trans>{" "}
          <RuleMark rule="R36" />
        </Notice>
      );
    case "rejected":
      return (
        <Notice tone="error" >
          <Trans>The centre refused this box. The work order says why and how to send it again.</Trans>{" "}
          <RuleMark rule="R19" />
        </Notice>
      );
    case "lost":
      return (
        <Notice tone="error" >
          <Trans>The carrier has lost it. Keep the waybill and your photos for the carrier's claim.</Trans>{" "}
          <RuleMark rule="R06" />
        </Notice>
      );
    default:
      return null;
  }
}

/** What the carrier's last word asks of somebody, where no status says it. */
function LastWord({ row }: { row: TrackRow }) {
  const last = row.events.at(-1);
  const home = row.direction === "home";
  if (last === undefined || ["refused", "lost", "signed", "rejected"].includes(row.status)) return null;
  switch (last.status) {
    case "delivered":
      return home ? null : (
        <Notice tone="info">
          <Trans>The carrier says that this box was delivered. It is received when the centre scans it.</Trans>{" "}
          <RuleMark rule="R22" />
        </Notice>
      );
    case "attempt_failed":
      return (
        <Notice tone="warn">
          {home ? (
            <Trans>The carrier could not hand the shipment over. The receiver agrees on another try with the carrier, before it goes back.</Trans>
          ) : (
            <>
              <Trans>The carrier could not hand this box over. The centre does not fetch parcels: the sender asks the carrier to try again at the door.</Trans>{" "}
              <RuleMark rule="R08" />
            </>
          )}
        </Notice>
      );
    case "available_for_pickup":
      return home ? (
        <Notice tone="warn">
          <Trans>The shipment waits to be fetched. Ask the carrier where, before it goes back.</Trans>
        </Notice>
      ) : null;
    case "refused":
    case "returning":
    case "returned":
    case "lost":
      return home ? (
        <Notice tone="warn">
          <Trans>The carrier says that it did not bring the shipment. The office asks the customer and notes what happened, with the reason.</Trans>{" "}
          <RuleMark rule="R36" />
        </Notice>
      ) : (
        <Notice tone="warn">
          <Trans>The carrier says that this box does not arrive. The sender asks the carrier and tells the centre by message.</Trans>
        </Notice>
      );
    default:
      return null;
  }
}
