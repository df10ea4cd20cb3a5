package centre

import (
	"context"
	"fmt"

	"hashmend/backend/repair"
)

// Report is what Check has found.
type Report struct {
	Commits    int64    `json:"commits"`
	WorkOrders int      `json:"work_orders"`
	Devices    int      `json:"devices"`
	Faults     []string `json:"faults"` // empty when all is well
}

// Check looks the whole centre over: the store's own soundness, every log's
// chain, and that every case still says the stage that its facts lead to.
func (c *Centre) Check(ctx context.Context) (Report, error) {
	report := Report{Faults: []string{}}
	fault := func(format string, args ...any) { report.Faults = append(report.Faults, fmt.Sprintf(format, args...)) }
	if err := c.store.Integrity(ctx); err != nil {
		fault("store: %v", err)
	}
	err := c.store.View(ctx, func(tx Tx) error {
		heads, err := checkLogs(ctx, tx, fault)
		if err != nil {
			return err
		}
		report.Commits = heads[Own]
		info, err := loadInfo(ctx, tx)
		if err != nil {
			return err
		}
		ids, err := tx.WorkOrders(ctx)
		if err != nil {
			return err
		}
		for _, id := range ids {
			whole, err := loadCase(ctx, tx, Operator(), id)
			if err != nil {
				return err
			}
			report.WorkOrders++
			report.Devices += len(whole.Devices)
			checkCase(whole, c.env(info, c.at()), heads[Scope(whole.Order.Account)], fault)
		}
		return nil
	})
	return report, err
}

func checkCase(whole *repair.Case, env repair.Env, head int64, fault func(string, ...any)) {
	stage, count := whole.Order.Stage, whole.Order.DeviceCount
	if whole.Order.Rev > head {
		fault("%s has rev %d behind the log's end %d", whole.Order.Number, whole.Order.Rev, head)
	}
	whole.Derive(env)
	if whole.Order.Stage != stage {
		fault("%s is kept as %s and its facts say %s", whole.Order.Number, stage, whole.Order.Stage)
	}
	if count != len(whole.Devices) {
		fault("%s counts %d devices and has %d", whole.Order.Number, count, len(whole.Devices))
	}
}
