import { Trans, useLingui } from "@lingui/react/macro";
import { Button, FileButton } from "@mantine/core";
import { IconCamera } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";

import { attachFile } from "@/shared/bridge/attach";
import { localUrl } from "@/shared/bridge/local";
import type { FileRef } from "@/shared/bridge/models";
import { ErrorNotice } from "@/shared/ui/errors";

interface PhotoFieldProps {
  photos: FileRef[];
  onPhotos: (photos: FileRef[]) => void;
}

/** Photos as evidence: copied into the program's own store when they are chosen. */
export function PhotoField({ photos, onPhotos }: PhotoFieldProps) {
  const { t } = useLingui();
  const attach = useMutation({
    mutationFn: (files: File[]) => Promise.all(files.map(attachFile)),
    onSuccess: (stored) => onPhotos([...photos, ...stored]),
  });
  return (
    <div className="stack">
      <div className="line">
        <FileButton multiple accept="image/png,image/jpeg" onChange={(files) => attach.mutate(files)}>
          {(props) => (
            <Button {...props} variant="default" leftSection={<IconCamera size={18} aria-hidden />}>
              <Trans>Add photos</Trans>
            </Button>
          )}
        </FileButton>
        {photos.map((photo) => (
          <img key={photo.sha256} className="bench-photo" src={localUrl(`file/${photo.sha256}`)} alt={t`Photo ${photo.name}`} />
        ))}
      </div>
      {attach.error && <ErrorNotice error={attach.error} />}
    </div>
  );
}
