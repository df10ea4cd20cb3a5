import { Trans } from "@lingui/react/macro";
import { Button, FileButton } from "@mantine/core";
import { IconCamera } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";

import { attachFile } from "@/shared/bridge/attach";
import type { FileRef } from "@/shared/bridge/models";
import { ErrorNotice } from "@/shared/ui/errors";
import { StoredFiles } from "@/shared/ui/stored-files";

interface PhotoFieldProps {
  photos: FileRef[];
  onPhotos: (photos: FileRef[]) => void;
}

/** Photos as evidence: copied into the program's own store when they are chosen. */
export function PhotoField({ photos, onPhotos }: PhotoFieldProps) {
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
        <StoredFiles files={photos} onRemove={(gone) => onPhotos(photos.filter((photo) => photo !== gone))} />
      </div>
      {attach.error && <ErrorNotice error={attach.error} />}
    </div>
  );
}
