import { Trans } from "@lingui/react/macro";

import { TemplateEditor } from "@/features/templates/components/template-editor";
import { TemplateList } from "@/features/templates/components/template-list";
import { Page } from "@/shared/ui/page";

export default function TemplatesPage({ params }: { params: Record<string, string | undefined> }) {
  const id = params["id"];
  return <Page title={<Trans>Label templates</Trans>}>{id === undefined ? <TemplateList /> : <TemplateEditor key={id} id={id} />}</Page>;
}
