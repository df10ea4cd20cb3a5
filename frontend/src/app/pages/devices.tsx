import { Trans } from "@lingui/react/macro";
import { useLocation } from "wouter";

import { DeviceFinder } from "@/features/devices/components/device-finder";
import { Page } from "@/shared/ui/page";

/** What was looked for stays in the address, so that back and reload find it again. */
export default function DevicesPage({ params }: { params: Record<string, string | undefined> }) {
  const [, go] = useLocation();
  const text = decodeURIComponent(params["sn"] ?? "");
  return (
    <Page title={<Trans>Devices</Trans>}>
      <DeviceFinder
        text={text}
        onText={(next) => go(next === "" ? "/devices" : `/devices/${encodeURIComponent(next)}`, { replace: true })}
      />
    </Page>
  );
}
