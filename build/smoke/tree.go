package main

import (
	"context"
	"fmt"
	"strings"

	"github.com/godbus/dbus/v5"
)

// tree reads the accessibility tree of this display, as a screen reader does. It
// sees what a person is told, and nothing of how the page is made.
type tree struct{ bus *dbus.Conn }

// node is one thing on the screen.
type node struct {
	Role role
	Name string
	ref  ref
}

// role is AT-SPI's number of what a node is. A page in a web view has no other
// name for it.
type role uint32

// The roles that the run looks for.
const (
	roleFileChooser role = 19
	roleListItem    role = 32
	roleButton      role = 43
	roleRadio       role = 44
	roleCell        role = 56
	roleText        role = 61
	roleHeading     role = 83
	roleLink        role = 88
	roleRow         role = 90
)

// ref is where a node lives: a page has its own process, and so its own name on
// the bus.
type ref struct {
	Bus  string
	Path dbus.ObjectPath
}

const (
	accessible = "org.a11y.atspi.Accessible"
	action     = "org.a11y.atspi.Action"
)

// nowhere is the path of no node.
const nowhere = dbus.ObjectPath("/org/a11y/atspi/null")

var desktop = ref{"org.a11y.atspi.Registry", "/org/a11y/atspi/accessible/root"}

func openTree() (*tree, error) {
	session, err := dbus.ConnectSessionBus()
	if err != nil {
		return nil, err
	}
	defer session.Close()
	var address string
	if err := session.Object("org.a11y.Bus", "/org/a11y/bus").Call("org.a11y.Bus.GetAddress", 0).Store(&address); err != nil {
		return nil, err
	}
	bus, err := dbus.Connect(address)
	if err != nil {
		return nil, fmt.Errorf("accessibility bus: %w", err)
	}
	return &tree{bus}, nil
}

func (t *tree) close() { _ = t.bus.Close() }

// all reads the whole tree, parents before children. What goes away while it is
// read is left out.
func (t *tree) all(ctx context.Context) []node {
	var nodes []node
	var walk func(r ref, depth int)
	walk = func(r ref, depth int) {
		if depth > 60 || ctx.Err() != nil {
			return
		}
		o := t.bus.Object(r.Bus, r.Path)
		n := node{ref: r}
		if o.CallWithContext(ctx, accessible+".GetRole", 0).Store(&n.Role) != nil {
			return
		}
		var name dbus.Variant
		if o.CallWithContext(ctx, "org.freedesktop.DBus.Properties.Get", 0, accessible, "Name").Store(&name) == nil {
			n.Name, _ = name.Value().(string)
		}
		nodes = append(nodes, n)
		for _, c := range t.children(ctx, o) {
			walk(c, depth+1)
		}
	}
	walk(desktop, 0)
	return nodes
}

// children lists what is inside a node. A web view hides its page, which is of
// another process, from the list, but not from who asks for the first child.
func (t *tree) children(ctx context.Context, o dbus.BusObject) (children []ref) {
	if o.CallWithContext(ctx, accessible+".GetChildren", 0).Store(&children) != nil || len(children) > 0 {
		return children
	}
	var first ref
	if o.CallWithContext(ctx, accessible+".GetChildAtIndex", 0, int32(0)).Store(&first) != nil || first.Path == nowhere {
		return nil
	}
	return []ref{first}
}

// press does what a click does, without a pointer.
func (t *tree) press(ctx context.Context, n node) error {
	// A grey button takes the action and does nothing with it.
	if !t.is(ctx, n, sensitive) {
		return fmt.Errorf("press %q: it is grey", n.Name)
	}
	var done bool
	if err := t.bus.Object(n.ref.Bus, n.ref.Path).CallWithContext(ctx, action+".DoAction", 0, int32(0)).Store(&done); err != nil {
		return fmt.Errorf("press %q: %w", n.Name, err)
	}
	if !done {
		return fmt.Errorf("press %q: it does nothing", n.Name)
	}
	return nil
}

// Numbers of AT-SPI's states.
const (
	editable  = 7
	sensitive = 24
	showing   = 25
)

// is reports whether the node is in all of these states now.
func (t *tree) is(ctx context.Context, n node, states ...int) bool {
	var words []uint32
	if t.bus.Object(n.ref.Bus, n.ref.Path).CallWithContext(ctx, accessible+".GetState", 0).Store(&words) != nil || len(words) == 0 {
		return false
	}
	for _, state := range states {
		if words[0]&(1<<state) == 0 {
			return false
		}
	}
	return true
}

// write puts text into a field in place of what is there.
func (t *tree) write(ctx context.Context, n node, text string) error {
	var done bool
	if err := t.bus.Object(n.ref.Bus, n.ref.Path).CallWithContext(ctx, "org.a11y.atspi.EditableText.SetTextContents", 0, text).Store(&done); err != nil {
		return err
	}
	if !done {
		return fmt.Errorf("%q does not take text", n.Name)
	}
	return nil
}

// describe lists the named nodes with their roles, for a message about what was there instead.
func describe(nodes []node) string {
	var b strings.Builder
	for _, n := range nodes {
		if n.Name != "" {
			fmt.Fprintf(&b, "  %d %q\n", n.Role, n.Name)
		}
	}
	return b.String()
}
