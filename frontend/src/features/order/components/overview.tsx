import { useLingui as useLanguage } from "@lingui/react";
import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { IconLock } from "@tabler/icons-react";
import { Link } from "wouter";

import { currentLocale } from "@/shared/i18n/i18n";
import { tCode } from "@/shared/i18n/t-error";
import { deadlineTerms, deviceTerms, diagnosisTerms, parcelTerms, shipmentTerms, tTerm } from "@/shared/i18n/terms";
import { Card } from "@/shared/ui/page";
import { Tag } from "@/shared/ui/tag";
import { TermTag } from "@/shared/ui/term-tag";
import { Code, Day, Instant, Ltr } from "@/shared/ui/text";
import { RuleMark, Why } from "@/shared/ui/why";

import type { OrderView } from "../api";
import { useNames } from "../queries";

/** The service record of a work order (R21). */
export function Overview({ id, view }: { id: string; view: OrderView }) {
  return (
    <div className="overview">
      <Record view={view} />
      <Dates view={view} />
      <Travel id={id} view={view} />
      <ReturnAddress view={view} />
    </div>
  );
}

function Record({ view }: { view: OrderView }) {
  useLanguage(); // a change of language draws it again
  const { order } = view;
  return (
    <Card
      title={
        <>
          <Trans>Service record</Trans> <RuleMark rule="R21" />
        </>
      }
      actions={
        <span className="small muted">
          <Trans>The centre last answered</Trans> <Instant value={view.synced_at} brief />
        </span>
      }
    >
      <dl className="facts">
        <dt>
          <Trans>Filed</Trans>
        </dt>
        <dd>
          <Instant value={order.submitted_at} />
        </dd>
        <dt>
          <Trans>Diagnosis</Trans>
        </dt>
        <dd>
          {order.diagnosis ? (
            <>
              {tTerm(diagnosisTerms, order.diagnosis)}, <Instant value={order.diagnosed_at ?? ""} brief />
            </>
          ) : (
            <Trans>Requested; the centre has not answered yet</Trans>
          )}{" "}
          <RuleMark rule={order.diagnosis ? "R02" : "R01"} />
          {order.diagnosis_note !== undefined && order.diagnosis_note !== "" && <div>{order.diagnosis_note}</div>}
        </dd>
        <dt>
          <Trans>Devices</Trans>
        </dt>
        <dd className="counts">
          {Object.entries(view.counts).map(([status, count]) => (
            <Tag key={status} tone="quiet" icon={null}>
              {tTerm(deviceTerms, status)} <span className="num">{count}</span>
            </Tag>
          ))}
        </dd>
        {order.note !== "" && (
          <>
            <dt>
              <Trans>Note</Trans>
            </dt>
            <dd>{order.note}</dd>
          </>
        )}
      </dl>
    </Card>
  );
}

function Dates({ view }: { view: OrderView }) {
  useLanguage(); // a change of language draws it again
  return (
    <Card title={<Trans>Dates</Trans>}>
      {view.deadlines.length === 0 ? (
        <p className="muted">
          <Trans>No date runs at present: a date begins with a receipt, a voucher or a quote, and stops while a question or a correction is open.</Trans>{" "}
          <RuleMark rule="R40" />
        </p>
      ) : (
        <ul className="lines">
          {view.deadlines.map((deadline, index) => (
            <li key={index} className="line">
              <span className="grow">{tTerm(deadlineTerms, deadline.kind)}</span>
              <Day value={deadline.date} />
              {deadline.estimate && (
                <Tag tone="warn">
                  <Trans>Estimate</Trans>
                </Tag>
              )}
              <Why why={deadline.why}>
                {deadline.consequence !== "" && <p className="small">{tCode(deadline.consequence, deadline.why.inputs)}</p>}
              </Why>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

function Travel({ id, view }: { id: string; view: OrderView }) {
  const { t } = useLingui();
  const names = useNames();
  return (
    <Card
      title={<Trans>Parcels and shipments</Trans>}
      actions={
        <Link href={`/track/${id}`}>
          <Trans>Track them</Trans>
        </Link>
      }
    >
      {view.parcels.length + view.shipments.length === 0 && (
        <p className="muted">
          <Trans>Nothing has been sent yet.</Trans>
        </p>
      )}
      <ul className="lines" aria-label={t`Parcels and shipments`}>
        {view.parcels.map((parcel) => (
          <li key={parcel.id} className="line">
            <span>
              <Trans>
                Box {parcel.seq} of {parcel.of}
              </Trans>
            </span>
            <span className="grow muted">
              {names.carrier(parcel.carrier)} <Code>{parcel.waybill_number}</Code> ·{" "}
              <Plural value={parcel.devices.length} one="# device" other="# devices" />
            </span>
            <TermTag of={parcelTerms} value={parcel.status} />
          </li>
        ))}
        {view.shipments.map((shipment) => (
          <li key={shipment.id} className="line">
            <span>
              <Trans>Return shipment {shipment.seq}</Trans>
            </span>
            <span className="grow muted">
              {names.carrier(shipment.carrier)} <Code>{shipment.waybill_number}</Code> ·{" "}
              <Plural value={shipment.devices.length} one="# device" other="# devices" />
            </span>
            <TermTag of={shipmentTerms} value={shipment.status} />
          </li>
        ))}
      </ul>
    </Card>
  );
}

function ReturnAddress({ view }: { view: OrderView }) {
  const { contact, return_address: address } = view.order;
  const country = new Intl.DisplayNames([currentLocale()], { type: "region" });
  return (
    <Card
      title={<Trans>Return address</Trans>}
      actions={
        <span className="small muted">
          <IconLock size={14} aria-hidden /> <Trans>Locked since it was sent</Trans> <RuleMark rule="R20" />
        </span>
      }
    >
      <address className="address">
        <div className="strong">{[contact.company, address.recipient || contact.name].filter(Boolean).join(", ")}</div>
        <div>{[address.street, address.district, address.city, address.province].filter(Boolean).join(", ")}</div>
        <div>
          {address.postcode !== "" && <Ltr>{address.postcode}</Ltr>} {address.country !== "" && country.of(address.country)}
        </div>
        <div>
          <Ltr>{address.phone || contact.phone}</Ltr>
        </div>
      </address>
    </Card>
  );
}
