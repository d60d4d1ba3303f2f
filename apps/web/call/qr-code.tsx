import { useEffect, useState, type ReactNode } from 'react';
import './qr-code.css';

/** Around the code, in modules: cameras need some of it (ISO/IEC 18004 §5.3.8 wants four; the frame around it has the rest). */
const MARGIN = 2;

export interface QrCodeProps {
  readonly text: string;
  /** What it is, for those who do not see it. */
  readonly label: string;
}

/** A text for a camera to read. Dark on light, whatever the theme: some cameras read it only so. */
export function QrCode({ text, label }: QrCodeProps): ReactNode {
  const rows = useModules(text);
  // Its place is kept until it is there.
  if (rows === null) return <div className="qr-code" aria-hidden="true" />;
  return (
    <svg className="qr-code" viewBox={`0 0 ${rows.length} ${rows.length}`} role="img" aria-label={label}>
      <path d={pathOf(rows)} shapeRendering="crispEdges" />
    </svg>
  );
}

/** Null until it is known. What makes it is loaded when a code is first shown: most people never see one. */
function useModules(text: string): readonly (readonly boolean[])[] | null {
  const [rows, setRows] = useState<readonly (readonly boolean[])[] | null>(null);
  useEffect(() => {
    let isWanted = true;
    const make = async (): Promise<void> => {
      const { encodeQR } = await import('qr');
      if (isWanted) setRows(encodeQR(text, 'raw', { border: MARGIN }));
    };
    // Without it there is still the link.
    make().catch(() => setRows(null));
    return () => {
      isWanted = false;
    };
  }, [text]);
  return rows;
}

/** One unit for each module: runs of dark ones, row by row. */
function pathOf(rows: readonly (readonly boolean[])[]): string {
  return rows.map((row, y) => row.map((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : '')).join('')).join('');
}
