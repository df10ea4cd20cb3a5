package repair

// Test hooks: a single step of a life, without a command around it.

// Step is one line of a life, for tests that walk its graph.
type Step struct {
	From, To string
	Action   Action
	By       Actor
	Rule     string
	Guards   []string
}

func steps[S ~string, T any](l *life[S, T]) []Step {
	var list []Step
	for _, line := range l.rows {
		s := Step{From: string(line.from), To: string(line.to), Action: line.action, By: line.by, Rule: line.rule}
		for _, g := range line.guards {
			s.Guards = append(s.Guards, g.name)
		}
		list = append(list, s)
	}
	return list
}

// Key is the step without what explains it.
func (s Step) Key() StepKey { return StepKey{s.From, s.To, s.Action, s.By} }

// StepKey tells steps apart.
type StepKey struct {
	From, To string
	Action   Action
	By       Actor
}

// Lives gives every life by name.
func Lives() map[string][]Step {
	return map[string][]Step{
		"device": steps(&deviceLife), "quote": steps(&quoteLife), "payment": steps(&paymentLife),
		"parcel": steps(&parcelLife), "shipment": steps(&shipmentLife), "correction": steps(&correctionLife),
	}
}

func try[S ~string, T any](l *life[S, T], c *Case, by Role, env Env, from S, a Action, t T) (string, error) {
	to, err := l.next(newRun(c, Person{Role: by}, Command{}, env), from, a, t)
	if err != nil {
		return string(to), err
	}
	return string(to), nil
}

// TryDevice lets one action happen to the first device.
func TryDevice(c *Case, by Role, a Action, env Env) (string, error) {
	return try(&deviceLife, c, by, env, c.Devices[0].Status, a, &c.Devices[0])
}

// TryQuote lets one action happen to the first quote.
func TryQuote(c *Case, by Role, a Action, env Env) (string, error) {
	return try(&quoteLife, c, by, env, c.Quotes[0].Status, a, &c.Quotes[0])
}

// TryPayment lets one action happen to the first payment.
func TryPayment(c *Case, by Role, a Action, env Env) (string, error) {
	return try(&paymentLife, c, by, env, c.Payments[0].Status, a, &c.Payments[0])
}

// TryParcel lets one action happen to the first parcel.
func TryParcel(c *Case, by Role, a Action, env Env) (string, error) {
	return try(&parcelLife, c, by, env, c.Parcels[0].Status, a, &c.Parcels[0])
}

// TryShipment lets one action happen to the first shipment.
func TryShipment(c *Case, by Role, a Action, env Env) (string, error) {
	return try(&shipmentLife, c, by, env, c.Shipments[0].Status, a, &c.Shipments[0])
}

// TryCorrection lets one action happen to the first correction.
func TryCorrection(c *Case, by Role, a Action, env Env) (string, error) {
	k := &c.Corrections[0]
	return try(&correctionLife, c, by, env, k.Status, a, k)
}

// Kinds lists every command kind that there is a deed for.
func Kinds() []CommandKind {
	var list []CommandKind
	for _, d := range append(append([]deed(nil), deeds...), apartDeeds...) {
		list = append(list, d.kind)
	}
	return list
}
