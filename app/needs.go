package app

import (
	"hashmend/backend/desk"
)

// Needs is the start page: one line for each thing that waits for this person.
type Needs struct{ app *App }

// List lists what needs this person now.
func (n *Needs) List() (out []desk.Need, err error) {
	defer settle(&err)
	deeds, ctx, err := n.app.ready()
	if err != nil {
		return out, err
	}
	return deeds.Needs(ctx)
}
