package repair

// Action is something that happens to a device, parcel, quote, payment or shipment.
type Action string

// guard is a named condition. It looks at facts only, never at what a command
// says, so that what is offered is what will succeed.
type guard[T any] struct {
	name  string
	rule  string // of the guide, "" where the guide is silent
	check func(r *run, t T) *Error
}

// row is one line of a life: from a status an action of a side leads to another
// status, when its guards hold.
type row[S ~string, T any] struct {
	from   S
	action Action
	by     Actor
	to     S
	guards []guard[T]
	rule   string // of the guide, that this very line carries
}

// life is a state machine. What is not in its rows cannot happen.
type life[S ~string, T any] struct {
	name   string
	notNow *Error
	rows   []row[S, T]
}

// lineFor finds the row of an action by the side of whoever acts; nil: it cannot be.
func (l *life[S, T]) lineFor(r *run, from S, a Action) *row[S, T] {
	by := r.by.Role.Actor()
	for i := range l.rows {
		if line := &l.rows[i]; line.from == from && line.action == a && line.by == by {
			return line
		}
	}
	return nil
}

// blocks is the first guard that does not hold.
func (line *row[S, T]) blocks(r *run, t T) *Error {
	for _, g := range line.guards {
		if err := g.check(r, t); err != nil {
			return err
		}
	}
	return nil
}

// next gives the status after the action, or why it cannot be.
func (l *life[S, T]) next(r *run, from S, a Action, t T) (S, *Error) {
	line := l.lineFor(r, from, a)
	if line == nil {
		return from, l.notNow.With("status", string(from), "action", string(a))
	}
	if err := line.blocks(r, t); err != nil {
		return from, err
	}
	return line.to, nil
}

// may reports whether the action would succeed now.
func (l *life[S, T]) may(r *run, from S, a Action, t T) bool {
	line := l.lineFor(r, from, a)
	return line != nil && line.blocks(r, t) == nil
}
