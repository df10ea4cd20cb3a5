/** The mark: four petals and a grain of pollen, and the product's name. */
export function Brand({ size = 18 }: { size?: number }) {
  return (
    <>
      <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden>
        <g fill="currentColor">
          <path d="M16 15c-5-3-6-8-4-11 3-1 7 2 4 11z" />
          <path d="M17 16c3-5 8-6 11-4 1 3-2 7-11 4z" />
          <path d="M16 17c5 3 6 8 4 11-3 1-7-2-4-11z" />
          <path d="M15 16c-3 5-8 6-11 4-1-3 2-7 11-4z" />
        </g>
        <circle cx="16" cy="16" r="2.2" fill="var(--pollen)" />
      </svg>
      <span translate="no">{"Hashmend"}</span>
    </>
  );
}
