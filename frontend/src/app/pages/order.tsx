import { useQuery } from "@tanstack/react-query";
import { useSearchParams } from "wouter";

import { OfficePanel } from "@/features/bench/components/office-deeds";
import { OrderPage } from "@/features/order/components/order-page";
import { startQueries } from "@/features/start/queries";

const tabs = ["overview", "devices", "messages", "corrections"];

export default function Order({ params }: { params: Record<string, string | undefined> }) {
  const [search] = useSearchParams();
  const session = useQuery(startQueries.session());
  const id = params["id"] ?? "";
  const asked = params["tab"] ?? "";
  const staff = session.data !== undefined && session.data.role !== "customer";
  return (
    <OrderPage
      key={id}
      id={id}
      tab={tabs.includes(asked) ? asked : search.has("device") ? "devices" : "overview"}
      staff={staff}
      find={search.get("serial") ?? ""}
      office={staff && <OfficePanel order={id} />}
    />
  );
}
