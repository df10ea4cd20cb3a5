import { Trans, useLingui } from "@lingui/react/macro";
import { Select } from "@mantine/core";
import { useState } from "react";

import { Dialog } from "@/shared/ui/dialog";
import { Code } from "@/shared/ui/text";

import type { ImportColumn, ImportView } from "../api";

interface MappingDialogProps {
  view: ImportView;
  onClose: () => void;
  onApply: (columns: ImportColumn[]) => void;
}

/** Which column of the file is what. Opened by itself only when the program is not sure. */
export function MappingDialog({ view, onClose, onApply }: MappingDialogProps) {
  const { t } = useLingui();
  const [columns, setColumns] = useState(view.columns ?? []);
  const fields = [
    { value: "serial", label: t`Serial` },
    { value: "model", label: t`Model` },
    { value: "complaint", label: t`What is wrong` },
    { value: "shipped", label: t`Ship date` },
    { value: "extra", label: t`Keep as an extra column` },
    { value: "ignore", label: t`Leave out` },
  ];
  const set = (index: number, field: string) =>
    setColumns((now) =>
      now.map((column) => {
        if (column.index === index) return { ...column, field };
        // A field comes from one column: choosing it here frees it there.
        const taken = field !== "extra" && field !== "ignore" && column.field === field;
        return taken ? { ...column, field: "extra" } : column;
      }),
    );
  return (
    <Dialog
      title={view.name === "" ? t`Columns of the pasted text` : t`Columns of ${view.name}`}
      size={760}
      action={t`Read it this way`}
      disabled={!columns.some((column) => column.field === "serial")}
      onAction={() => onApply(columns)}
      onClose={onClose}
    >
      {view.confidence < 90 && (
        <p className="muted">
          <Trans>Please check: the columns are a guess ({view.confidence} % sure).</Trans>
        </p>
      )}
      <div className="table-wrap" style={{ maxHeight: 380 }}>
        <table className="table">
          <thead>
            <tr>
              <th scope="col"><Trans>Column</Trans></th>
              <th scope="col"><Trans>Examples</Trans></th>
              <th scope="col"><Trans>Is</Trans></th>
            </tr>
          </thead>
          <tbody>
            {columns.map((column) => (
              <tr key={column.index}>
                <td className="strong">{column.header || `#${column.index + 1}`}</td>
                <td className="mapping-sample"><Code>{(column.sample ?? []).slice(0, 3).join("  ·  ")}</Code></td>
                <td>
                  <Select
                    size="xs"
                    aria-label={t`${column.header || `#${column.index + 1}`} is`}
                    allowDeselect={false}
                    data={fields}
                    value={column.field}
                    onChange={(field) => field && set(column.index, field)}
                  />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Dialog>
  );
}
