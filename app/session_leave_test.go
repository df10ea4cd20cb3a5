package app

import (
	"testing"
	"time"

	"hashmend/backend/desk"
	"hashmend/backend/repair"
)

// What was sent just before the sides change is held for its nine seconds and
// then goes, whichever side is played by then.
func TestASwitchOfSidesDoesNotKeepBackWhatIsHeld(t *testing.T) {
	ahead := &clock{}
	a := opened(t, func(c *Config) { c.Now = ahead.Now })
	start := &Start{a}
	must[desk.Session](t)(start.Practise())
	farm := a.inside.Load().now().Scope
	must[desk.DraftView](t)((&Drafts{a}).Send(drafted(t, a).ID))
	must[desk.Session](t)(start.SwitchRole(repair.RoleTechnician))
	h := a.inside.Load()
	waiting := func() int { return must[int](t)(h.unsent(t.Context(), farm)) }
	if n := waiting(); n != 1 {
		t.Fatalf("%d held after the switch", n)
	}

	ahead.pass(time.Minute)
	h.entering.Lock()
	for _, s := range h.beside {
		s.sync.Wake()
	}
	h.entering.Unlock()
	eventually(t, a, "it is sent while another side is played", func() bool { return waiting() == 0 })

	must[desk.Session](t)(start.SwitchRole(repair.RoleOffice))
	h.entering.Lock()
	defer h.entering.Unlock()
	if n := len(h.beside); n != 0 {
		t.Errorf("%d sides go on with nothing to send", n)
	}
}
