import { Trans, useLingui } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import { useState } from "react";

import type { LabelPreview } from "../api";

const batch = 12;

interface PagesProps {
  preview: LabelPreview;
  /** The printer whose dots are shown; "" shows the paper as it is drawn. */
  head: string;
}

/** The pages as they will be on paper, white in any theme; more are drawn on request. */
export function Pages({ preview, head }: PagesProps) {
  const { t } = useLingui();
  const [shown, setShown] = useState(batch);
  const count = Math.min(shown, preview.pages);
  const source = (page: number) => {
    const url = preview.page_url.replace("{n}", String(page));
    return head === "" ? url : `${url.replace(/\.svg$/, ".png")}?printer=${encodeURIComponent(head)}`;
  };
  return (
    <>
      <ol className="pages" aria-label={head === "" ? t`Preview` : t`Dots of the print head`} data-head={head !== "" || undefined}>
        {Array.from({ length: count }, (_, index) => index + 1).map((page) => (
          <li key={page}>
            <img src={source(page)} alt={t`Page ${page}`} loading="lazy" />
            <span className="small muted">
              {page} / {preview.pages}
            </span>
          </li>
        ))}
      </ol>
      {count < preview.pages && (
        <Button variant="default" onClick={() => setShown(shown + batch)}>
          <Trans>Show more pages</Trans>
        </Button>
      )}
    </>
  );
}
