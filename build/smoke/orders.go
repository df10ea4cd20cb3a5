package main

import (
	"context"
	"fmt"
	"slices"
	"strings"
)

// listsOrders waits until the page shows practice work orders, and holds its own
// count against what a screen reader finds.
func (w *window) listsOrders(ctx context.Context) error {
	if err := w.painted(ctx, "orders"); err != nil {
		return err
	}
	return w.until(ctx, func() error {
		p, err := w.page()
		if err != nil {
			return err
		}
		if p.Orders == 0 {
			return fmt.Errorf("page %q says it lists no work order", p.Page)
		}
		nodes := w.tree.all(ctx)
		if rows := orderRows(nodes); rows == 0 {
			return fmt.Errorf("page %q says %d work orders, and none can be seen:\n%s", p.Page, p.Orders, describe(nodes))
		}
		return nil
	})
}

// numberPrefix begins the number of every work order that a centre took.
const numberPrefix = "WO-"

// orderRows counts what names a work order: a link, a row, a cell or an item of a list.
func orderRows(nodes []node) int {
	rows := 0
	for _, n := range nodes {
		if slices.Contains([]role{roleLink, roleRow, roleCell, roleListItem}, n.Role) && strings.Contains(n.Name, numberPrefix) {
			rows++
		}
	}
	return rows
}
