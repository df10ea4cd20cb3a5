package centrehost_test

import (
	"crypto/sha256"
	"encoding/hex"
	"testing"

	"hashmend/backend/repair"
	. "hashmend/backend/repairtest"
)

// accepted is a case whose two prices the customer has accepted, over HTTP.
func acceptedCase(t *testing.T) (s *shop, j *journey, farmer, bench, office person) {
	s = open(t)
	farmer, bench, office = s.joins(repair.RoleCustomer, "Altyn Hash"), s.joins(repair.RoleTechnician, ""), s.joins(repair.RoleOffice, "")
	j = s.files(farmer, Submission(2))
	j.does(bench, Diagnose(repair.ReturnRecommended, ""))
	j.does(farmer, SetParcels(Plan(1, 1, 2)))
	j.does(farmer, HandOver(1))
	j.does(bench, Receive(1, 1, 2))
	j.does(bench, Find(1, repair.Normal, "V01"))
	j.does(bench, Find(2, repair.Normal, "V01"))
	j.does(bench, SendQuotes(Price(1, 1, USD(12000)), Price(2, 2, USD(12000))))
	j.does(farmer, Accept(1, 2))
	return s, j, farmer, bench, office
}

func TestR35MoneyComesInPartsAndTheExcessGoesBackWithAProof(t *testing.T) {
	s, j, farmer, bench, office := acceptedCase(t)
	j.does(farmer, Voucher(1, 1, 2))
	j.does(office, Decide(1, repair.PaymentUnderpaid, USD(20000)))
	j.refused(bench, OnDevices(repair.CmdStartRepair, 1), repair.ErrPaymentDue)
	j.does(farmer, Voucher(1, 1, 2)) // of the rest
	j.refused(office, Decide(1, repair.PaymentRejected, repair.Money{}), repair.ErrMoneyArrived)
	j.does(office, Decide(1, repair.PaymentOverpaid, USD(25000)))
	j.does(bench, OnDevices(repair.CmdStartRepair, 1))

	proof := []byte("\x89PNG\r\n\x1a\n a refund")
	sum := sha256.Sum256(proof)
	ref := repair.FileRef{SHA256: hex.EncodeToString(sum[:]), Size: int64(len(proof)), Type: "image/png", Name: "refund.png"}
	s.upload(office, ref, proof)
	back := GiveBack(1, USD(1000))
	back.PaymentDecision.Proof = []repair.FileRef{ref}
	j.refused(bench, back, repair.ErrRole)
	j.refused(office, GiveBack(1, USD(25000)), repair.ErrRefundTooLate)
	j.does(office, back)
	s.download(farmer, ref, proof) // the customer sees the proof
	if p := j.alone.Payments[0]; p.Status != repair.PaymentConfirmed || p.Kept() != USD(24000) {
		t.Errorf("%+v", p)
	}
}

func TestR35MoneyGivenBackLeavesTheFeeToPay(t *testing.T) {
	_, j, farmer, bench, office := acceptedCase(t)
	j.does(farmer, Voucher(1, 1, 2))
	j.refused(office, GiveBack(1, USD(24000)), repair.ErrRefundAmount) // nothing has arrived
	j.does(office, Decide(1, repair.PaymentConfirmed, USD(24000)))
	j.does(office, GiveBack(1, USD(24000)))
	j.refused(bench, OnDevices(repair.CmdStartRepair, 1), repair.ErrPaymentDue)
	j.does(farmer, Voucher(2, 1, 2))
	j.does(office, Decide(2, repair.PaymentConfirmed, USD(24000)))
	j.does(bench, OnDevices(repair.CmdStartRepair, 1, 2))
}
