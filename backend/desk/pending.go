// Deeds still to be written; the file shrinks as they are.

package desk

import (
	"context"
	"hashmend/backend/repair"
)

type Desk struct{}

var errPending = &repair.Error{Kind: repair.Internal, Code: "internal.pending"}

func (d *Desk) Session(ctx context.Context) (out Session, err error) { return out, errPending }

func (d *Desk) Practise(ctx context.Context) (out Session, err error) { return out, errPending }

func (d *Desk) Probe(ctx context.Context, url string) (out CentreFound, err error) {
	return out, errPending
}

func (d *Desk) Connect(ctx context.Context, request ConnectRequest) (out Session, err error) {
	return out, errPending
}

func (d *Desk) SwitchRole(ctx context.Context, role repair.Role) (out Session, err error) {
	return out, errPending
}

func (d *Desk) Leave(ctx context.Context, unsentToo bool) (out Session, err error) {
	return out, errPending
}

func (d *Desk) Orders(ctx context.Context, query OrderQuery) (out OrderPage, err error) {
	return out, errPending
}

func (d *Desk) Order(ctx context.Context, id string) (out OrderView, err error) {
	return out, errPending
}

func (d *Desk) OrderDevices(ctx context.Context, query DeviceQuery) (out DevicePage, err error) {
	return out, errPending
}

func (d *Desk) FindDevices(ctx context.Context, text string) (out []DeviceHit, err error) {
	return out, errPending
}

func (d *Desk) Scan(ctx context.Context, code string) (out ScanTarget, err error) {
	return out, errPending
}

func (d *Desk) Do(ctx context.Context, command repair.Command) (out OutboxRow, err error) {
	return out, errPending
}

func (d *Desk) CreateDraft(ctx context.Context, copyFrom string) (out DraftView, err error) {
	return out, errPending
}

func (d *Desk) Draft(ctx context.Context, id string) (out DraftView, err error) {
	return out, errPending
}

func (d *Desk) DraftRows(ctx context.Context, id string, offset int, limit int) (out RowPage, err error) {
	return out, errPending
}

func (d *Desk) SetDraftHeader(ctx context.Context, id string, header DraftHeader) (out DraftView, err error) {
	return out, errPending
}

func (d *Desk) EditDraft(ctx context.Context, id string, edits []CellEdit) (out DraftView, err error) {
	return out, errPending
}

func (d *Desk) InsertDraftRows(ctx context.Context, id string, at int, count int) (out DraftView, err error) {
	return out, errPending
}

func (d *Desk) DeleteDraftRows(ctx context.Context, id string, rows []string) (out DraftView, err error) {
	return out, errPending
}

func (d *Desk) PasteDraft(ctx context.Context, id string, atRow int, atColumn string, text string) (out ImportView, err error) {
	return out, errPending
}

func (d *Desk) ScanDraft(ctx context.Context, id string, code string) (out DraftScan, err error) {
	return out, errPending
}

func (d *Desk) DraftImport(ctx context.Context, job string) (out ImportView, err error) {
	return out, errPending
}

func (d *Desk) RemapImport(ctx context.Context, job string, columns []ImportColumn) (out ImportView, err error) {
	return out, errPending
}

func (d *Desk) CancelImport(ctx context.Context, job string) (out ImportView, err error) {
	return out, errPending
}

func (d *Desk) NextDraftProblem(ctx context.Context, id string, from int, step int) (out int, err error) {
	return out, errPending
}

func (d *Desk) RemoveDraftDuplicates(ctx context.Context, id string) (out DraftView, err error) {
	return out, errPending
}

func (d *Desk) AttachDraftPhoto(ctx context.Context, id string, row string, file repair.FileRef) (out DraftView, err error) {
	return out, errPending
}

func (d *Desk) UndoDraft(ctx context.Context, id string) (out DraftView, err error) {
	return out, errPending
}

func (d *Desk) RedoDraft(ctx context.Context, id string) (out DraftView, err error) {
	return out, errPending
}

func (d *Desk) DiscardDraft(ctx context.Context, id string) error { return errPending }

func (d *Desk) RestoreDraft(ctx context.Context, id string) (out DraftView, err error) {
	return out, errPending
}

func (d *Desk) SendDraft(ctx context.Context, id string) (out DraftView, err error) {
	return out, errPending
}

func (d *Desk) CancelSend(ctx context.Context, id string) (out DraftView, err error) {
	return out, errPending
}

func (d *Desk) Packing(ctx context.Context, order string) (out PackView, err error) {
	return out, errPending
}

func (d *Desk) PackByScan(ctx context.Context, order string, box int, code string) (out PackScan, err error) {
	return out, errPending
}

func (d *Desk) AddBox(ctx context.Context, order string) (out PackView, err error) {
	return out, errPending
}

func (d *Desk) RemoveBox(ctx context.Context, order string, box int) (out PackView, err error) {
	return out, errPending
}

func (d *Desk) PackRest(ctx context.Context, order string, box int, count int) (out PackView, err error) {
	return out, errPending
}

func (d *Desk) Unpack(ctx context.Context, order string, device string) (out PackView, err error) {
	return out, errPending
}

func (d *Desk) SetBox(ctx context.Context, order string, box int, input BoxInput) (out PackView, err error) {
	return out, errPending
}

func (d *Desk) TickChecklist(ctx context.Context, order string, steps []string) (out PackView, err error) {
	return out, errPending
}

func (d *Desk) ConfirmPacking(ctx context.Context, order string) (out PackView, err error) {
	return out, errPending
}

func (d *Desk) HandOver(ctx context.Context, order string, boxes []int) (out PackView, err error) {
	return out, errPending
}

func (d *Desk) CheckWaybill(ctx context.Context, carrier repair.Carrier, number string) (out repair.WaybillCheck, err error) {
	return out, errPending
}

func (d *Desk) PreviewLabels(ctx context.Context, request LabelRequest) (out LabelPreview, err error) {
	return out, errPending
}

func (d *Desk) SaveLabels(ctx context.Context, request LabelRequest) (out SavedFile, err error) {
	return out, errPending
}

func (d *Desk) OpenLabels(ctx context.Context, request LabelRequest) (out SavedFile, err error) {
	return out, errPending
}

func (d *Desk) PrintLabels(ctx context.Context, request LabelRequest, printer string) (out SavedFile, err error) {
	return out, errPending
}

func (d *Desk) Printers(ctx context.Context) (out []Printer, err error) { return out, errPending }

func (d *Desk) OpenQuotes(ctx context.Context) (out []OrderRow, err error) { return out, errPending }

func (d *Desk) ReviewQuotes(ctx context.Context, order string) (out QuoteReview, err error) {
	return out, errPending
}

func (d *Desk) WeighQuotes(ctx context.Context, choice QuoteChoice) (out ChoiceSummary, err error) {
	return out, errPending
}

func (d *Desk) DecideQuotes(ctx context.Context, choice QuoteChoice) (out QuoteReview, err error) {
	return out, errPending
}

func (d *Desk) OpenPayments(ctx context.Context) (out []OrderRow, err error) { return out, errPending }

func (d *Desk) PaySheet(ctx context.Context, order string) (out PaySheet, err error) {
	return out, errPending
}

func (d *Desk) TrustPayee(ctx context.Context, order string) (out PaySheet, err error) {
	return out, errPending
}

func (d *Desk) Tracking(ctx context.Context, order string) (out []TrackRow, err error) {
	return out, errPending
}

func (d *Desk) Deadlines(ctx context.Context) (out []DeadlineRow, err error) { return out, errPending }

func (d *Desk) Needs(ctx context.Context) (out []Need, err error) { return out, errPending }

func (d *Desk) Bench(ctx context.Context, stage string, after string) (out BenchPage, err error) {
	return out, errPending
}

func (d *Desk) FindParcel(ctx context.Context, waybill string) (out ParcelFound, err error) {
	return out, errPending
}

func (d *Desk) Unclaimed(ctx context.Context) (out []repair.UnclaimedParcel, err error) {
	return out, errPending
}

func (d *Desk) SyncStatus(ctx context.Context) (out SyncStatus, err error) { return out, errPending }

func (d *Desk) Outbox(ctx context.Context) (out []OutboxRow, err error) { return out, errPending }

func (d *Desk) SyncNow(ctx context.Context) (out SyncStatus, err error) { return out, errPending }

func (d *Desk) RetryOutbox(ctx context.Context, id string) (out SyncStatus, err error) {
	return out, errPending
}

func (d *Desk) DiscardOutbox(ctx context.Context, id string) (out SyncStatus, err error) {
	return out, errPending
}

func (d *Desk) ExportOutbox(ctx context.Context) (out SavedFile, err error) { return out, errPending }

func (d *Desk) Preferences(ctx context.Context) (out Preferences, err error) { return out, errPending }

func (d *Desk) SetPreferences(ctx context.Context, preferences Preferences) (out Preferences, err error) {
	return out, errPending
}

func (d *Desk) Catalog(ctx context.Context) (out Catalog, err error) { return out, errPending }

func (d *Desk) CentreInfo(ctx context.Context) (out repair.CentreInfo, err error) {
	return out, errPending
}
