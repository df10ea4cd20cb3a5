import { Trans } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link, Redirect, useLocation } from "wouter";

import { Editor } from "@/features/drafts/components/editor";
import { draftQueries } from "@/features/drafts/queries";
import { settingsQueries } from "@/features/settings/queries";
import { startQueries } from "@/features/start/queries";
import { asAppError } from "@/shared/bridge/errors";
import { currentLocale } from "@/shared/i18n/i18n";
import { QueryView } from "@/shared/ui/query-view";

import type { Params } from "../routes";

export default function DraftPage({ params }: { params: Params }) {
  const id = params.id!;
  const [, navigate] = useLocation();
  const draft = useQuery(draftQueries.one(id));
  const session = useQuery(startQueries.session());
  const catalog = useQuery(settingsQueries.catalog());
  const preferences = useQuery(settingsQueries.preferences());

  // Once the centre has it, it is a work order with an id of its own. The draft
  // is put away when that has come back; whoever still looks for it is led on.
  const order = draft.data?.order ?? "";
  const gone = draft.error !== null && asAppError(draft.error).kind === "not_found";
  if (draft.data?.state === "sent" || gone) return <Redirect to={order === "" ? "/orders" : `/orders/${order}`} replace />;
  const { centre = "", centre_zh = "" } = session.data ?? {};
  return (
    <QueryView whole query={draft}>
      {() => (
        <Editor
          key={id}
          id={id}
          centre={(currentLocale() === "zh-CN" && centre_zh) || centre}
          catalog={{ models: catalog.data?.models ?? [], countries: catalog.data?.countries ?? [] }}
          sound={preferences.data?.sound ?? false}
          extraActions={
            <Button component={Link} href={`/orders/${id}/labels?document=device`} variant="default">
              <Trans>Labels and packing papers</Trans>
            </Button>
          }
          onLeave={() => navigate("/orders")}
          onNext={() => navigate("/drafts/new")}
          onBack={() => navigate(`/drafts/${id}`)}
        />
      )}
    </QueryView>
  );
}
