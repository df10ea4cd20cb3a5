import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Select, TextInput } from "@mantine/core";
import { IconSearch, IconZoomExclamation } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useDeferredValue, useState } from "react";
import { Link } from "wouter";

import { classTerms, commandTerms, deviceTerms, tTerm, warrantyTerms } from "@/shared/i18n/terms";
import { EmptyState } from "@/shared/ui/empty-state";
import { QueryView } from "@/shared/ui/query-view";
import { Tag } from "@/shared/ui/tag";
import { TermTag } from "@/shared/ui/term-tag";
import { Code, MoneyText } from "@/shared/ui/text";
import { Why } from "@/shared/ui/why";

import type { DeviceRow, OrderView } from "../api";
import { type DeviceFilter, devicesShown, orderQuery } from "../queries";

/** The devices of the order, a page at a time, so that ten thousand are as quick as ten. */
export function DeviceTable({ id, view, find = "" }: { id: string; view: OrderView; find?: string }) {
  const { t } = useLingui();
  const [filter, setFilter] = useState<DeviceFilter>({ statuses: [], text: find, page: 0 });
  const page = useQuery(orderQuery.devices(id, { ...filter, text: useDeferredValue(filter.text.trim()) }));
  return (
    <div className="stack">
      <div className="line">
        <TextInput
          type="search"
          aria-label={t`Find a device in this order`}
          placeholder={t`Serial, model or fault`}
          leftSection={<IconSearch size={16} aria-hidden />}
          value={filter.text}
          onChange={(event) => setFilter({ ...filter, text: event.currentTarget.value, page: 0 })}
          w={260}
        />
        <Select
          aria-label={t`Status`}
          placeholder={t`Every status`}
          data={Object.entries(view.counts).map(([value, count]) => ({ value, label: `${tTerm(deviceTerms, value)} (${count})` }))}
          value={filter.statuses[0] ?? null}
          onChange={(status) => setFilter({ ...filter, statuses: status === null ? [] : [status], page: 0 })}
          clearable
          miw={220}
        />
      </div>
      <QueryView query={page}>
        {(data) =>
          data.total === 0 ? (
            <EmptyState icon={IconZoomExclamation} title={<Trans>No such device in this order</Trans>}>
              <Trans>Look for a part of its serial number, its model or its fault.</Trans>
            </EmptyState>
          ) : (
          <>
            <div className="table-wrap devices" tabIndex={0} role="region" aria-label={t`Devices`}>
              <table className="table">
                <thead>
                  <tr>
                    <th className="end">#</th>
                    <th>
                      <Trans>Serial</Trans>
                    </th>
                    <th>
                      <Trans>Model</Trans>
                    </th>
                    <th>
                      <Trans>What is wrong</Trans>
                    </th>
                    <th>
                      <Trans>Status</Trans>
                    </th>
                    <th>
                      <Trans>Warranty</Trans>
                    </th>
                    <th className="end">
                      <Trans>Quote</Trans>
                    </th>
                    <th className="end">
                      <Trans>Box</Trans>
                    </th>
                    <th className="end">
                      <Trans>Return</Trans>
                    </th>
                  </tr>
                </thead>
                <tbody>
                  {data.rows.map((row) => (
                    <DeviceLine key={row.device.id} row={row} />
                  ))}
                </tbody>
              </table>
            </div>
            <Pager total={data.total} page={filter.page} onPage={(next) => setFilter({ ...filter, page: next })} />
          </>
          )
        }
      </QueryView>
    </div>
  );
}

function DeviceLine({ row }: { row: DeviceRow }) {
  const { device, quote } = row;
  const found = device.inspection;
  return (
    <tr>
      <td className="end num muted">{device.line}</td>
      <td>
        <Link href={`/devices/${encodeURIComponent(device.serial)}`}>
          <Code>{device.serial}</Code>
        </Link>
      </td>
      <td className="nowrap">{device.model}</td>
      <td className="devices-text">{found ? found.findings || device.complaint : device.complaint}</td>
      <td>
        <span className="tags">
        {row.pending === "" ? (
          <TermTag of={deviceTerms} value={device.status} />
        ) : (
          <Tag tone="warn">
            {tTerm(commandTerms, row.pending)} · <Trans>waiting</Trans>
          </Tag>
        )}
        {found && found.class !== "normal" && <TermTag of={classTerms} value={found.class} />}
        </span>
      </td>
      <td className="nowrap">
        {found ? (
          <>
            <TermTag of={warrantyTerms} value={found.warranty} /> <Why why={found.warranty_why} />
          </>
        ) : (
          <span className="muted">–</span>
        )}
      </td>
      <td className="end nowrap">{quote ? <MoneyText value={quote.total} /> : <span className="muted">–</span>}</td>
      <td className="end num">{row.box_seq || <span className="muted">–</span>}</td>
      <td className="end num">{row.shipment_seq || <span className="muted">–</span>}</td>
    </tr>
  );
}

function Pager({ total, page, onPage }: { total: number; page: number; onPage: (page: number) => void }) {
  const { t } = useLingui();
  const pages = Math.max(1, Math.ceil(total / devicesShown));
  if (pages === 1) return null;
  const from = page * devicesShown + 1;
  const to = Math.min(total, from + devicesShown - 1);
  return (
    <div className="line">
      <Button variant="default" disabled={page === 0} onClick={() => onPage(page - 1)}>
        <Trans>Previous</Trans>
      </Button>
      <span className="num muted">{t`${from}–${to} of ${total}`}</span>
      <Button variant="default" disabled={page + 1 >= pages} onClick={() => onPage(page + 1)}>
        <Trans>Next</Trans>
      </Button>
    </div>
  );
}
