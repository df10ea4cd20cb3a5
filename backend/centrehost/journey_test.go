package centrehost_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"path/filepath"
	"testing"
	"time"

	"hashmend/backend/centre/seed"
	"hashmend/backend/centrehost"
	"hashmend/backend/repair"
	. "hashmend/backend/repairtest"
	"hashmend/backend/wire"
)

func TestACaseFromTheSubmissionToTwoDeliveredShipments(t *testing.T) {
	s := open(t)
	farmer, bench, office := s.joins(repair.RoleCustomer, "Altyn Hash"), s.joins(repair.RoleTechnician, ""), s.joins(repair.RoleOffice, "")
	j := s.files(farmer, Submission(4))

	j.refused(farmer, SetParcels(Plan(1, 1, 2)), repair.ErrReturnUnconfirmed)
	j.does(bench, Diagnose(repair.NeedInfo, "Which firmware?"))
	j.does(farmer, repair.Command{Kind: repair.CmdAnswer, Text: "The newest"})
	j.does(bench, Diagnose(repair.ReturnRecommended, ""))
	j.does(farmer, Correction(1, 4, string(Serial(40))))
	j.does(office, DecideCorrection(1, true))
	j.does(farmer, SetParcels(Plan(1, 1, 2), Plan(2, 3, 4)))
	j.does(farmer, SetParcels(Plan(1, 1, 2, 3), Plan(3, 4))) // box 2 is planned no more
	j.does(farmer, HandOver(1, 3))
	j.does(bench, Reject(3, "content_mismatch"))
	resend := Plan(4, 4)
	resend.Replaces = ParcelID(3)
	j.does(farmer, SetParcels(resend))
	j.does(farmer, HandOver(4))
	j.does(bench, Receive(1, 1, 2, 3))
	received := Receive(4)
	received.Receipt.Scanned = []repair.SerialNumber{Serial(40)}
	j.does(bench, received)

	j.does(bench, Find(1, repair.Normal))
	j.does(bench, Find(2, repair.Normal, "V01"))
	j.does(bench, Find(3, repair.Scrap, "V06"))
	j.does(bench, Find(4, repair.Mixed, "V03"))
	j.refused(bench, OnDevices(repair.CmdStartRepair, 2), repair.ErrQuoteRequired)
	j.does(bench, SendQuotes(Price(1, 2, USD(12000)), Price(2, 3, USD(30000)), Price(3, 4, USD(12000))))
	j.refused(farmer, Decline(1), repair.ErrNotDeclinable)
	j.does(farmer, Decline(2))
	j.does(farmer, Accept(1, 3))
	j.refused(bench, Ship(1, 2), repair.ErrDeviceNotNow)

	photo := []byte("\x89PNG\r\n\x1a\n a voucher")
	sum := sha256.Sum256(photo)
	ref := repair.FileRef{SHA256: hex.EncodeToString(sum[:]), Size: int64(len(photo)), Type: "image/png", Name: "voucher.png"}
	voucher := Voucher(1, 1, 3)
	voucher.Payment.Vouchers = []repair.FileRef{ref}
	j.does(farmer, voucher) // the order of things does not wait for the file
	s.upload(farmer, ref, photo)
	s.download(office, ref, photo)
	j.refused(bench, Decide(1, repair.PaymentConfirmed, USD(24000)), repair.ErrRole)
	j.does(office, Decide(1, repair.PaymentConfirmed, USD(24000)))

	j.does(bench, OnDevices(repair.CmdStartRepair, 1, 2, 4))
	j.does(bench, OnDevices(repair.CmdReturnUnrepaired, 3))
	j.does(bench, OnDevices(repair.CmdFinishRepair, 1, 2, 4))
	j.does(bench, Tested(false, 2))
	j.does(bench, Tested(true, 1, 4))
	j.does(bench, Ship(1, 1, 3, 4))
	j.does(bench, OnDevices(repair.CmdFinishRepair, 2))
	j.does(bench, Tested(true, 2))
	j.does(bench, Ship(2, 2))
	j.does(bench, Track(1, repair.ShipmentInTransit, ""))
	j.does(bench, Track(1, repair.ShipmentDelivered, ""))
	j.does(farmer, repair.Command{Kind: repair.CmdConfirmDelivery, Shipment: ShipmentID(2)})
	if j.alone.Order.Stage != repair.StageShipped {
		t.Errorf("the journey ends in %s", j.alone.Order.Stage)
	}
	j.does(office, repair.Command{Kind: repair.CmdClose})
	report, err := s.host.Centre().Check(t.Context())
	if err != nil || len(report.Faults) > 0 || report.WorkOrders != 1 {
		t.Errorf("%+v %v", report, err)
	}
}

func TestALargeFileTravelsInPieces(t *testing.T) {
	s := open(t)
	farmer := s.joins(repair.RoleCustomer, "Altyn Hash")
	data := bytes.Repeat([]byte("a line of a kernel log\n"), 400_000) // 9.2 MB, three pieces
	sum := sha256.Sum256(data)
	ref := repair.FileRef{SHA256: hex.EncodeToString(sum[:]), Size: int64(len(data)), Type: "text/plain", Name: "kernel.log"}
	var heard []int64
	if err := farmer.Upload(t.Context(), ref, bytes.NewReader(data), func(n int64) { heard = append(heard, n) }); err != nil {
		t.Fatal(err)
	}
	if len(heard) != 3 || heard[2] != ref.Size {
		t.Errorf("progress %v", heard)
	}
	s.download(farmer, ref, data)
}

func TestUnclaimedParcelsBelongToNobody(t *testing.T) {
	s := open(t)
	farmer, bench, office := s.joins(repair.RoleCustomer, "Altyn Hash"), s.joins(repair.RoleTechnician, ""), s.joins(repair.RoleOffice, "")
	j := s.files(farmer, Submission(1))
	j.does(bench, Diagnose(repair.ReturnRecommended, ""))
	j.does(farmer, SetParcels(Plan(1, 1)))
	send := func(by person, cmd repair.Command) (wire.OpResult, error) {
		j.frozen(&cmd) // for its id
		cmd.WorkOrder = ""
		body, err := json.Marshal(cmd)
		if err != nil {
			t.Fatal(err)
		}
		return by.PutOp(t.Context(), cmd.ID, body, 0)
	}
	parcel := &repair.UnclaimedParcel{ID: UnclaimedID(1), Carrier: "sf", WaybillNumber: Waybill(1), ArrivedAt: repair.At(s.now.Add(-time.Hour))}
	if _, err := send(farmer, repair.Command{Kind: repair.CmdRecordUnclaimed, Unclaimed: parcel}); !errors.Is(err, repair.ErrSide) {
		t.Errorf("a customer records it: %v", err)
	}
	result, err := send(bench, repair.Command{Kind: repair.CmdRecordUnclaimed, Unclaimed: parcel})
	if err != nil {
		t.Fatal(err)
	}
	if w := result.Result.Warnings; len(w) != 1 || w[0].Code != wire.CodeWaybillKnown || w[0].Args["number"] != j.alone.Order.Number {
		t.Errorf("its waybill is that of a work order, the warnings are %+v", w)
	}
	link := &repair.UnclaimedParcel{ID: UnclaimedID(1), Status: repair.UnclaimedForfeited}
	if _, err := send(office, repair.Command{Kind: repair.CmdDecideUnclaimed, Unclaimed: link}); !errors.Is(err, repair.ErrUnclaimedNotNow) {
		t.Errorf("R34 it may not be forfeited yet: %v", err)
	}
	link.Status, link.WorkOrder = repair.UnclaimedLinked, OrderID
	if _, err := send(office, repair.Command{Kind: repair.CmdDecideUnclaimed, Unclaimed: link}); err != nil {
		t.Error(err)
	}
	j.agree()
	for key := range j.cache {
		if key == "unclaimed"+string(UnclaimedID(1)) {
			t.Error("a customer sees a parcel of nobody")
		}
	}
}

func TestTheOwnQueueDoesNotContradictItself(t *testing.T) {
	s := open(t)
	farmer, bench := s.joins(repair.RoleCustomer, "Altyn Hash"), s.joins(repair.RoleTechnician, "")
	other := s.joins(repair.RoleCustomer, "Altyn Hash") // another PC of the same customer
	j := s.files(farmer, Submission(2))
	for _, step := range []struct {
		by  person
		cmd repair.Command
	}{
		{bench, Diagnose(repair.ReturnRecommended, "")}, {farmer, SetParcels(Plan(1, 1, 2))}, {farmer, HandOver(1)},
		{bench, Receive(1, 1, 2)}, {bench, Find(1, repair.Normal, "V01")}, {bench, Find(2, repair.Normal, "V01")},
		{bench, SendQuotes(Price(1, 1, USD(12000)), Price(2, 2, USD(12000)))},
	} {
		j.does(step.by, step.cmd)
	}
	whole, err := farmer.WorkOrder(t.Context(), OrderID)
	if err != nil {
		t.Fatal(err)
	}
	seen := whole.Order.Rev
	accept, pay := Accept(1), Voucher(1, 1)
	accept.SeenRev, pay.SeenRev = seen, seen
	j.does(farmer, accept) // both were decided offline, on the same screen
	j.does(farmer, pay)
	j.does(bench, SendQuotes(Price(3, 2, USD(9900))))
	late := Accept(2)
	late.SeenRev = seen
	j.refused(other, late, repair.ErrOrderChanged)
}

func TestPracticeIsMadeOnceAndWhole(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "practice")
	now := func() time.Time { return Start }
	ids := map[string]bool{}
	for range 2 {
		host, err := centrehost.OpenPractice(t.Context(), dir, Start, centrehost.Options{Now: now})
		if err != nil {
			t.Fatal(err)
		}
		report, err := host.Centre().Check(t.Context())
		if err != nil || len(report.Faults) > 0 || report.WorkOrders < 20 {
			t.Errorf("%+v %v", report, err)
		}
		ids[host.Centre().ServerID()] = true
		if err := host.Close(); err != nil {
			t.Fatal(err)
		}
	}
	if len(ids) != 1 {
		t.Error("the second start made another practice centre")
	}
}

func TestAStartThatBrokeOffLeavesNoHalfStory(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "practice")
	stopped, stop := context.WithCancel(t.Context())
	host, err := centrehost.Open(stopped, dir+".making", centrehost.Options{})
	if err != nil {
		t.Fatal(err)
	}
	stop()
	if _, err := seed.Seed(stopped, host.Centre(), Start); err == nil {
		t.Fatal("the story was told to its end")
	}
	_ = host.Close()
	host, err = centrehost.OpenPractice(t.Context(), dir, Start, centrehost.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = host.Close() }()
	if report, err := host.Centre().Check(t.Context()); err != nil || report.WorkOrders < 20 {
		t.Errorf("%+v %v", report, err)
	}
}
