package app

import (
	"hashmend/backend/desk"
	"hashmend/backend/repair"
)

// Settings is what a person set on this PC, and the embedded data a screen offers.
type Settings struct{ app *App }

// Get gives what is set.
func (s *Settings) Get() (out desk.Preferences, err error) {
	defer settle(&err)
	deeds, ctx, err := s.app.ready()
	if err != nil {
		return out, err
	}
	return deeds.Preferences(ctx)
}

// Set saves it.
func (s *Settings) Set(preferences desk.Preferences) (out desk.Preferences, err error) {
	defer settle(&err)
	deeds, ctx, err := s.app.ready()
	if err != nil {
		return out, err
	}
	return deeds.SetPreferences(ctx, preferences)
}

// Catalog gives models, carriers, faults and reasons.
func (s *Settings) Catalog() (out desk.Catalog, err error) {
	defer settle(&err)
	deeds, ctx, err := s.app.ready()
	if err != nil {
		return out, err
	}
	return deeds.Catalog(ctx)
}

// Centre gives what the centre says about itself.
func (s *Settings) Centre() (out repair.CentreInfo, err error) {
	defer settle(&err)
	deeds, ctx, err := s.app.ready()
	if err != nil {
		return out, err
	}
	return deeds.CentreInfo(ctx)
}

// Mailbox gives where the centre writes to this account.
func (s *Settings) Mailbox() (out desk.MailboxView, err error) {
	defer settle(&err)
	deeds, ctx, err := s.app.ready()
	if err != nil {
		return out, err
	}
	return deeds.Mailbox(ctx)
}
