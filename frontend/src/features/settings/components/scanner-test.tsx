import { Trans, useLingui } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import { useState } from "react";

import { useScanner } from "@/shared/lib/use-scanner";
import { Card } from "@/shared/ui/page";
import { Notice } from "@/shared/ui/tag";
import { Code } from "@/shared/ui/text";

/** Scan something and see what arrived: whether the scanner keeps capitals and every character. */
export function ScannerTest() {
  const { t } = useLingui();
  const [testing, setTesting] = useState(false);
  const [codes, setCodes] = useState<string[]>([]);
  useScanner((code) => setCodes((before) => [code, ...before].slice(0, 5)), testing);
  const lower = codes.some((code) => /[a-z]/.test(code) && !/[A-Z]/.test(code));
  return (
    <Card
      title={t`Scanner`}
      actions={
        <Button variant="default" onClick={() => setTesting(!testing)}>
          {testing ? <Trans>End the test</Trans> : <Trans>Test my scanner</Trans>}
        </Button>
      }
    >
      {!testing ? (
        <p className="small muted">
          <Trans>
            A scanner works on every screen, whatever keyboard layout is chosen. Flat one-line readers cannot read QR codes
            or screens.
          </Trans>
        </p>
      ) : (
        <div role="status">
          {codes.length === 0 ? (
            <Trans>Scan three printed labels now.</Trans>
          ) : (
            <ul className="list">
              {codes.map((code, i) => (
                <li key={`${code}/${i}`}>
                  <Code>{code}</Code> <span className="muted">({code.length})</span>
                </li>
              ))}
            </ul>
          )}
          {lower && (
            <Notice tone="warn">
              <Trans>Your scanner sends small letters. Serials are compared in capitals, so this does no harm.</Trans>
            </Notice>
          )}
        </div>
      )}
    </Card>
  );
}
