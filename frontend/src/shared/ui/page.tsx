import type { ReactNode } from "react";

interface PageProps {
  title: ReactNode;
  /** Tags beside the title: state, counts. */
  tags?: ReactNode;
  /** Buttons at the far end of the title's line. */
  actions?: ReactNode;
  children: ReactNode;
}

/** A screen: one heading, its tags and actions, then the content. */
export function Page({ title, tags, actions, children }: PageProps) {
  return (
    <div className="page">
      <div className="page-head">
        <h1>{title}</h1>
        {tags}
        <span className="grow" />
        {actions}
      </div>
      {children}
    </div>
  );
}

interface CardProps {
  title?: ReactNode;
  actions?: ReactNode;
  className?: string;
  children: ReactNode;
}

export function Card({ title, actions, className = "", children }: CardProps) {
  return (
    <section className={`card ${className}`}>
      {(title !== undefined || actions !== undefined) && (
        <div className="card-head">
          <h2>{title}</h2>
          <span className="grow" />
          {actions}
        </div>
      )}
      {children}
    </section>
  );
}

/** The bar at the foot of an editor: what is safe on one side, the main action on the other. */
export function ActionBar({ children }: { children: ReactNode }) {
  return <div className="action-bar">{children}</div>;
}
