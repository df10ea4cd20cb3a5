import { useLingui } from "@lingui/react/macro";
import { Modal } from "@mantine/core";
import { IconFile, IconX } from "@tabler/icons-react";
import { useState } from "react";

import { localUrl } from "@/shared/bridge/local";
import type { FileRef } from "@/shared/bridge/models";
import { openStored } from "@/shared/bridge/stored";

import { toastError } from "./toast";

interface StoredFilesProps {
  files: readonly FileRef[] | undefined;
  onRemove?: (file: FileRef) => void;
}

/** Photos, vouchers and other files of the program's store: a photo opens in place, the rest in its own program. */
export function StoredFiles({ files, onRemove }: StoredFilesProps) {
  const { t } = useLingui();
  const [shown, setShown] = useState<FileRef>();
  if (files === undefined || files.length === 0) return null;
  const open = (file: FileRef) => {
    if (file.type.startsWith("image/")) setShown(file);
    else openStored(file).catch(toastError);
  };
  return (
    <ul className="stored">
      {files.map((file) => (
        <li key={file.sha256}>
          <button type="button" onClick={() => open(file)} aria-label={t`Open ${file.name}`} title={file.name}>
            {file.type.startsWith("image/") ? (
              <img src={localUrl(`file/${file.sha256}`)} alt="" loading="lazy" />
            ) : (
              <>
                <IconFile size={18} aria-hidden /> <span className="truncate">{file.name}</span>
              </>
            )}
          </button>
          {onRemove && (
            <button type="button" className="icon-button" aria-label={t`Remove ${file.name}`} onClick={() => onRemove(file)}>
              <IconX size={14} aria-hidden />
            </button>
          )}
        </li>
      ))}
      {shown && (
        <Modal opened onClose={() => setShown(undefined)} title={shown.name} size="auto" closeButtonProps={{ "aria-label": t`Close` }}>
          <img className="stored-large" src={localUrl(`file/${shown.sha256}`)} alt={shown.name} />
        </Modal>
      )}
    </ul>
  );
}
