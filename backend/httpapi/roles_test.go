package httpapi_test

import (
	"encoding/json"
	"net/http"
	"testing"

	"hashmend/backend/repair"
	. "hashmend/backend/repairtest"
	"hashmend/backend/wire"
)

var (
	customerOnly = []repair.Role{repair.RoleCustomer}
	benchAndUp   = []repair.Role{repair.RoleTechnician, repair.RoleOffice, repair.RoleAdmin}
	officeAndUp  = []repair.Role{repair.RoleOffice, repair.RoleAdmin}
	everybody    = []repair.Role{repair.RoleCustomer, repair.RoleTechnician, repair.RoleOffice, repair.RoleAdmin}
)

// whoMay is who may give which command, whole in its shape. Whether the case
// allows it now is another question.
var whoMay = []struct {
	cmd   repair.Command
	roles []repair.Role
}{
	{repair.Command{Kind: repair.CmdCancel}, customerOnly},
	{repair.Command{Kind: repair.CmdAnswer, Text: "x"}, customerOnly},
	{repair.Command{Kind: repair.CmdReopen}, customerOnly},
	{repair.Command{Kind: repair.CmdMessage, Text: "x"}, everybody},
	{repair.Command{Kind: repair.CmdAskCarrier, Text: "x"}, customerOnly},
	{SetParcels(Plan(1, 1, 2)), customerOnly},
	{HandOver(1), customerOnly},
	{Correction(1, 1, "JXT2699999Q"), customerOnly},
	{Accept(1), customerOnly},
	{Decline(1), customerOnly},
	{repair.Command{Kind: repair.CmdChoosePayment, Payment: Voucher(1, 1).Payment}, customerOnly},
	{Voucher(1, 1), customerOnly},
	{repair.Command{Kind: repair.CmdConfirmDelivery, Shipment: ShipmentID(1)}, customerOnly},
	{repair.Command{Kind: repair.CmdSetMailbox, Mailbox: &repair.MailboxGiven{Email: "a@b.example", Language: "en"}}, customerOnly},

	{Diagnose(repair.NeedInfo, "x"), benchAndUp},
	{TrackParcel(1, repair.ParcelInTransit), benchAndUp},
	{Receive(1, 1), benchAndUp},
	{Reject(1, "other"), benchAndUp},
	{Find(1, repair.Normal), benchAndUp},
	{SendQuotes(Price(1, 1, USD(100))), benchAndUp},
	{OnDevices(repair.CmdStartRepair, 1), benchAndUp},
	{OnDevices(repair.CmdFinishRepair, 1), benchAndUp},
	{Tested(true, 1), benchAndUp},
	{OnDevices(repair.CmdReturnUnrepaired, 1), benchAndUp},
	{Ship(1, 1), benchAndUp},
	{Track(1, repair.ShipmentInTransit, ""), benchAndUp},
	{repair.Command{Kind: repair.CmdRecordUnclaimed, Unclaimed: &repair.UnclaimedParcel{ID: UnclaimedID(1), ArrivedAt: "2026-03-01T00:00:00Z"}}, benchAndUp},

	{DecideCorrection(1, true), officeAndUp},
	{Decide(1, repair.PaymentConfirmed, USD(100)), officeAndUp},
	{repair.Command{Kind: repair.CmdExtendDue, Date: "2026-12-01", Text: "x"}, officeAndUp},
	{repair.Command{Kind: repair.CmdForfeit, Devices: Devices(1), Text: "x"}, officeAndUp},
	{repair.Command{Kind: repair.CmdClose}, officeAndUp},
	{repair.Command{Kind: repair.CmdDecideUnclaimed, Unclaimed: &repair.UnclaimedParcel{ID: UnclaimedID(1), Status: repair.UnclaimedReturned}}, officeAndUp},
}

func TestEveryCommandKnowsWhoMayGiveIt(t *testing.T) {
	h := build(t, true)
	tokens := map[repair.Role]string{
		repair.RoleCustomer:   h.token(repair.RoleCustomer, "Altyn Hash"),
		repair.RoleTechnician: h.token(repair.RoleTechnician, ""),
		repair.RoleOffice:     h.token(repair.RoleOffice, ""),
		repair.RoleAdmin:      h.token(repair.RoleAdmin, ""),
	}
	stranger := h.token(repair.RoleCustomer, "Another farm")
	h.files(tokens[repair.RoleCustomer])
	seen := map[repair.CommandKind]bool{}
	for _, row := range whoMay {
		seen[row.cmd.Kind] = true
		cmd := row.cmd
		apart := cmd.Unclaimed != nil || cmd.Mailbox != nil
		if !apart {
			cmd.WorkOrder = OrderID
		}
		for _, role := range everybody {
			may := false
			for _, allowed := range row.roles {
				may = may || allowed == role
			}
			cmd.ID = newID(t)
			r, p := h.do("PUT", wire.PathOps+string(cmd.ID), tokens[role], cmd)
			if forbidden := r.StatusCode == http.StatusForbidden; forbidden == may {
				t.Errorf("%s by %s: got %d %+v, allowed is %t", cmd.Kind, role, r.StatusCode, p, may)
			}
			if r.StatusCode >= 500 {
				t.Errorf("%s by %s: %d", cmd.Kind, role, r.StatusCode)
			}
		}
		cmd.ID = newID(t)
		r, p := h.do("PUT", wire.PathOps+string(cmd.ID), stranger, cmd)
		if !apart && (r.StatusCode != http.StatusNotFound || p.Code != wire.CodeOrderNotFound) {
			t.Errorf("%s by another customer: got %d %+v", cmd.Kind, r.StatusCode, p)
		}
		if cmd.Kind == repair.CmdCancel { // the other commands need an open work order
			h = build(t, true)
			for role := range tokens {
				account := ""
				if role == repair.RoleCustomer {
					account = "Altyn Hash"
				}
				tokens[role] = h.token(role, account)
			}
			stranger = h.token(repair.RoleCustomer, "Another farm")
			h.files(tokens[repair.RoleCustomer])
		}
	}
	for _, kind := range kindsOfCommands(t) {
		if !seen[kind] {
			t.Errorf("nobody says who may %s", kind)
		}
	}
}

// kindsOfCommands are those of the contract.
func kindsOfCommands(t *testing.T) []repair.CommandKind {
	t.Helper()
	var doc struct {
		Components struct {
			Schemas struct {
				CommandKind struct {
					Enum []repair.CommandKind `json:"enum"`
				}
			} `json:"schemas"`
		} `json:"components"`
	}
	if err := json.Unmarshal(wire.OpenAPI(), &doc); err != nil {
		t.Fatal(err)
	}
	return doc.Components.Schemas.CommandKind.Enum
}
