import "./order.css";

import { Trans, useLingui } from "@lingui/react/macro";
import { Tabs } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useLocation } from "wouter";

import { markTerms, stageTerms } from "@/shared/i18n/terms";
import { Page } from "@/shared/ui/page";
import { QueryView } from "@/shared/ui/query-view";
import { Tag } from "@/shared/ui/tag";
import { TermTag } from "@/shared/ui/term-tag";
import { Code } from "@/shared/ui/text";

import type { OrderView } from "../api";
import { orderQuery } from "../queries";
import { Corrections } from "./corrections";
import { DeviceTable } from "./device-table";
import { Messages } from "./messages";
import { NextSteps } from "./next-steps";
import { Overview } from "./overview";
import { Road } from "./road";

interface OrderPageProps {
  id: string;
  tab: string;
  /** Someone of the centre looks at it, not the customer. */
  staff: boolean;
  /** A serial to look for among the devices. */
  find?: string;
  /** What another feature adds for the people of the office. */
  office?: ReactNode;
}

/** One work order: where it stands, what is next, and everything that belongs to it. */
export function OrderPage(props: OrderPageProps) {
  const view = useQuery(orderQuery.one(props.id));
  return <QueryView whole query={view}>{(data) => <Shown {...props} view={data} />}</QueryView>;
}

function Shown({ id, tab, staff, find, office, view }: OrderPageProps & { view: OrderView }) {
  const { t } = useLingui();
  const [, navigate] = useLocation();
  const questions = view.order.stage === "need_info" ? 1 : 0;
  return (
    <Page
      title={<Code>{view.order.number || t`Not sent yet`}</Code>}
      tags={
        <>
          <TermTag of={stageTerms} value={view.order.stage} />
          {view.sync !== "sent" && <TermTag of={markTerms} value={view.sync} />}
          {staff && <Tag tone="quiet">{view.order.contact.company || view.order.contact.name}</Tag>}
          {view.order.reference !== "" && <Tag tone="quiet">{view.order.reference}</Tag>}
        </>
      }
    >
      <Road stage={view.order.stage} />
      <NextSteps id={id} view={view} staff={staff} />
      {office}
      <Tabs className="order-tabs" value={tab} onChange={(next) => navigate(`/orders/${id}/${next ?? "overview"}`, { replace: true })} keepMounted={false}>
        <Tabs.List>
          <Tabs.Tab value="overview">
            <Trans>Overview</Trans>
          </Tabs.Tab>
          <Tabs.Tab value="devices">
            <Trans>Devices</Trans> <span className="muted num">{view.order.device_count}</span>
          </Tabs.Tab>
          <Tabs.Tab value="messages" rightSection={questions > 0 ? <Tag tone="warn">{questions}</Tag> : undefined}>
            <Trans>Messages</Trans> <span className="muted num">{view.messages.length}</span>
          </Tabs.Tab>
          <Tabs.Tab value="corrections">
            <Trans>Corrections</Trans> <span className="muted num">{view.corrections.length}</span>
          </Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="overview">
          <Overview id={id} view={view} />
        </Tabs.Panel>
        <Tabs.Panel value="devices">
          <DeviceTable id={id} view={view} find={find} />
        </Tabs.Panel>
        <Tabs.Panel value="messages">
          <Messages id={id} view={view} />
        </Tabs.Panel>
        <Tabs.Panel value="corrections">
          <Corrections id={id} view={view} />
        </Tabs.Panel>
      </Tabs>
    </Page>
  );
}
