import { OrderPage } from "@/features/order/components/order-page";

const tabs = ["overview", "devices", "messages", "corrections"];

export default function Order({ params }: { params: Record<string, string | undefined> }) {
  const tab = params["tab"] ?? "";
  return <OrderPage id={params["id"] ?? ""} tab={tabs.includes(tab) ? tab : "overview"} />;
}
