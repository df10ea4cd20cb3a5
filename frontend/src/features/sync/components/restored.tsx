import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { Button, Group } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Link } from "wouter";

import { commandTerms, markTerms, tTerm } from "@/shared/i18n/terms";
import { Dialog } from "@/shared/ui/dialog";
import { Card } from "@/shared/ui/page";
import { Notice } from "@/shared/ui/tag";
import { TermTag } from "@/shared/ui/term-tag";
import { Code, Instant } from "@/shared/ui/text";
import { toastError } from "@/shared/ui/toast";

import { sync, type Restored } from "../api";
import { syncQueries } from "../queries";

/** What came of a centre that was restored from an older copy, and what could not be read. */
export function RestoredNews() {
  const { data } = useQuery(syncQueries.restored());
  if (!data) return null;
  return (
    <>
      {data.fetching && (
        <Notice tone="info">
          {data.total > 0 ? (
            <Trans>
              Everything is fetched from the centre: {data.arrived} of {data.total}. You can go on working.
            </Trans>
          ) : (
            <Trans>Everything is fetched from the centre. You can go on working.</Trans>
          )}
        </Notice>
      )}
      {(data.at || data.again.some((row) => row.asks) || data.only_here.length > 0) && <News news={data} />}
      {data.unread.length > 0 && <Unread news={data} />}
    </>
  );
}

function News({ news }: { news: Restored }) {
  const { t } = useLingui();
  const client = useQueryClient();
  const [forgetting, setForgetting] = useState<string>();
  const shown = { onSuccess: (now: Restored) => client.setQueryData(syncQueries.restored().queryKey, now), onError: toastError };
  const say = useMutation({ mutationFn: ({ id, send }: { id: string; send: boolean }) => sync.sayAgain(id, send), ...shown });
  const forget = useMutation({ mutationFn: sync.forgetOnlyHere, ...shown });
  const away = useMutation({ mutationFn: sync.putRestoredAway, ...shown });
  const asking = news.again.filter((row) => row.asks).length;
  return (
    <Card
      title={<Trans>The centre was restored from an older copy</Trans>}
      actions={
        news.at && (
          <Button variant="default" onClick={() => away.mutate()} disabled={away.isPending || asking > 0}>
            <Trans>I have seen it</Trans>
          </Button>
        )
      }
    >
      <div className="stack">
        <Notice tone={asking > 0 ? "warn" : "info"}>
          <Trans>
            The centre had lost what happened after its copy. What you had sent is sent again by itself, under the same identity, so nothing
            happens twice. Nothing was deleted here.
          </Trans>
          {news.at && (
            <>
              {" "}
              <Instant value={news.at} />
            </>
          )}
        </Notice>
        {news.again.length > 0 && (
          <div className="table-wrap">
            <table className="table">
              <caption className="sr-only"><Trans>Sent again</Trans></caption>
              <thead>
                <tr>
                  <th scope="col"><Trans>Sent again</Trans></th>
                  <th scope="col"><Trans>Number before</Trans></th>
                  <th scope="col"><Trans>Number now</Trans></th>
                  <th scope="col"><Trans>State</Trans></th>
                  <th scope="col"><span className="sr-only"><Trans>Actions</Trans></span></th>
                </tr>
              </thead>
              <tbody>
                {news.again.map((row) => (
                  <tr key={row.id}>
                    <td className="strong">{tTerm(commandTerms, row.kind)}</td>
                    <td className="nowrap"><Link href={`/orders/${row.order}`}><Code>{row.was}</Code></Link></td>
                    <td className="nowrap">{row.now ? <Code>{row.now}</Code> : "–"}</td>
                    <td>{row.asks ? <Trans>Waits for your word: it is about money</Trans> : <TermTag of={markTerms} value={row.mark} />}</td>
                    <td>
                      {row.asks && (
                        <Group gap={6} wrap="nowrap" justify="flex-end">
                          <Button size="compact-sm" onClick={() => say.mutate({ id: row.id, send: true })}>
                            <Trans>Send again</Trans>
                          </Button>
                          <Button variant="default" size="compact-sm" onClick={() => say.mutate({ id: row.id, send: false })}>
                            <Trans>Do not send</Trans>
                          </Button>
                        </Group>
                      )}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
        {news.only_here.length > 0 && (
          <>
            <h3><Trans>Only on this PC</Trans></h3>
            <p><Trans>The centre does not have this any more. Tell the centre; it may come back when another PC sends it again.</Trans></p>
            <div className="table-wrap">
              <table className="table">
                <caption className="sr-only"><Trans>Only on this PC</Trans></caption>
                <thead>
                  <tr>
                    <th scope="col"><Trans>Work order</Trans></th>
                    <th scope="col" className="end"><Trans>Entries</Trans></th>
                    <th scope="col"><Trans>Missed since</Trans></th>
                    <th scope="col"><span className="sr-only"><Trans>Actions</Trans></span></th>
                  </tr>
                </thead>
                <tbody>
                  {news.only_here.map((row) => (
                    <tr key={row.order}>
                      <td><Code>{row.number || row.order}</Code></td>
                      <td className="end num">{row.things}</td>
                      <td><Instant value={row.at} brief /></td>
                      <td>
                        <Group justify="flex-end">
                          <Button variant="default" size="compact-sm" onClick={() => setForgetting(row.order)}>
                            <Trans>Forget</Trans>
                          </Button>
                        </Group>
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          </>
        )}
      </div>
      {forgetting !== undefined && (
        <Dialog
          title={t`Forget what only this PC has?`}
          action={t`Forget it`}
          danger
          onClose={() => setForgetting(undefined)}
          onAction={() => {
            forget.mutate(forgetting);
            setForgetting(undefined);
          }}
        >
          <Trans>The centre has lost it. After this it is nowhere.</Trans>
        </Dialog>
      )}
    </Card>
  );
}

function Unread({ news }: { news: Restored }) {
  return (
    <Card title={<Plural value={news.unread.length} one="# entry could not be read" other="# entries could not be read" />}>
      <div className="stack">
        <p><Trans>They are kept as they came. A newer version of this program may read them.</Trans></p>
        {news.unread.map((row) => (
          <details key={row.type + row.id}>
            <summary><Code>{row.type}</Code> <Code>{row.id}</Code> – {row.why}</summary>
            <pre className="wrap">{row.body}</pre>
          </details>
        ))}
      </div>
    </Card>
  );
}
