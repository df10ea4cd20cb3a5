package localdb

import (
	"context"
	"encoding/json"

	"hashmend/backend/repair"
	"hashmend/backend/sqlkit"
)

// Session is a centre this PC has joined. All fields are required, except that
// the centre's own people have no account.
type Session struct {
	Scope    Scope
	ServerID string
	URL      string
	Centre   string
	CentreZh string
	Account  repair.AccountID
	User     repair.UserID
	Name     string
	Role     repair.Role
	Install  repair.InstallID
	Practice bool
	JoinedAt repair.Instant
}

// SaveSession keeps a session, or what has changed of it.
func (t VaultTx) SaveSession(ctx context.Context, s Session) error {
	_, err := t.tx.Exec(ctx, "session_save", sqlkit.P{
		"scope": string(s.Scope), "server_id": s.ServerID, "url": s.URL, "centre": s.Centre, "centre_zh": s.CentreZh,
		"account": string(s.Account), "user": string(s.User), "name": s.Name, "role": string(s.Role),
		"install": string(s.Install), "practice": s.Practice, "joined_at": string(s.JoinedAt),
	})
	return err
}

// Session gives one session; found is false when this PC never joined it.
func (t VaultTx) Session(ctx context.Context, scope Scope) (s Session, found bool, err error) {
	err = t.tx.Each(ctx, "session_one", sqlkit.P{"scope": string(scope)}, func(scan func(...any) error) error {
		found = true
		return s.scan(scan)
	})
	return s, found, err
}

// Sessions gives every session, in the order of joining.
func (t VaultTx) Sessions(ctx context.Context) ([]Session, error) {
	var out []Session
	err := t.tx.Each(ctx, "session_all", nil, func(scan func(...any) error) error {
		var s Session
		err := s.scan(scan)
		out = append(out, s)
		return err
	})
	return out, err
}

func (s *Session) scan(scan func(...any) error) error {
	return scan(&s.Scope, &s.ServerID, &s.URL, &s.Centre, &s.CentreZh, &s.Account, &s.User, &s.Name, &s.Role,
		&s.Install, &s.Practice, &s.JoinedAt)
}

// RemoveSession forgets a session. Its drafts, outbox and files stay.
func (t VaultTx) RemoveSession(ctx context.Context, scope Scope) error {
	_, err := t.tx.Exec(ctx, "session_remove", sqlkit.P{"scope": string(scope)})
	return err
}

// SavePreference keeps a value under a name.
func (t VaultTx) SavePreference(ctx context.Context, name string, value any) error {
	text, err := json.Marshal(value)
	if err != nil {
		return err
	}
	_, err = t.tx.Exec(ctx, "preference_save", sqlkit.P{"name": name, "value": string(text)})
	return err
}

// Preference reads the value under a name into dest; found is false and dest
// unchanged when there is none.
func (t VaultTx) Preference(ctx context.Context, name string, dest any) (found bool, err error) {
	var text string
	found, err = t.tx.Row(ctx, "preference_one", sqlkit.P{"name": name}, &text)
	if err != nil || !found {
		return false, err
	}
	return true, json.Unmarshal([]byte(text), dest)
}

// TrustPayee remembers the payee a person has checked, as a digest.
func (t VaultTx) TrustPayee(ctx context.Context, scope Scope, method repair.PayMethod, currency, digest string, at repair.Instant) error {
	_, err := t.tx.Exec(ctx, "payee_trust", sqlkit.P{
		"scope": string(scope), "method": string(method), "currency": currency, "digest": digest, "at": string(at),
	})
	return err
}

// TrustedPayee gives the digest of the payee checked last, "" for none.
func (t VaultTx) TrustedPayee(ctx context.Context, scope Scope, method repair.PayMethod, currency string) (digest string, err error) {
	_, err = t.tx.Row(ctx, "payee_trusted", sqlkit.P{"scope": string(scope), "method": string(method), "currency": currency}, &digest)
	return digest, err
}
