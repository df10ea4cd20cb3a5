package repair

// Signer says whose a key is that a centre has published: the install that signs
// with it the boxes that it packs. Customers are told of their own installs, the
// centre's people of all.
type Signer struct {
	KeyID     string    `json:"key_id"`
	PublicKey string    `json:"public_key"` // Ed25519, base64
	Install   InstallID `json:"install"`
	Name      string    `json:"name"`   // of the install, such as the PC's
	Holder    string    `json:"holder"` // of the person or the customer
	Role      Role      `json:"role"`
	Account   AccountID `json:"account"`    // "" for the centre's own people
	RevokedAt Instant   `json:"revoked_at"` // "" while the install is trusted
	Rev       int64     `json:"rev"`
}
