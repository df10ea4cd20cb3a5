package centredb

import (
	"context"

	"hashmend/backend/centre"
	"hashmend/backend/repair"
)

func (t tx) SaveUpload(ctx context.Context, u centre.Upload) error {
	_, err := t.t.Exec(ctx, "save_upload", p{"id": u.ID, "scope": string(u.Scope), "sha256": u.File.SHA256,
		"size": u.File.Size, "type": u.File.Type, "name": u.File.Name, "at": string(u.At)})
	return err
}

func (t tx) Upload(ctx context.Context, scope repair.AccountID, id string) (centre.Upload, bool, error) {
	u := centre.Upload{ID: id, Scope: scope}
	found, err := t.t.Row(ctx, "upload", p{"id": id, "scope": string(scope)},
		&u.File.SHA256, &u.File.Size, &u.File.Type, &u.File.Name, &u.Offset, &u.At)
	return u, found, err
}

func (t tx) UploadOf(ctx context.Context, scope repair.AccountID, f repair.FileRef) (centre.Upload, bool, error) {
	u := centre.Upload{Scope: scope}
	found, err := t.t.Row(ctx, "upload_of_file", p{"scope": string(scope), "sha256": f.SHA256, "size": f.Size, "name": f.Name},
		&u.ID, &u.File.SHA256, &u.File.Size, &u.File.Type, &u.File.Name, &u.Offset, &u.At)
	return u, found, err
}

func (t tx) BytesOf(ctx context.Context, scope repair.AccountID) (bytes int64, err error) {
	_, err = t.t.Row(ctx, "bytes_of", p{"scope": string(scope)}, &bytes)
	return bytes, err
}

func (t tx) UploadsBefore(ctx context.Context, at repair.Instant) (ids []string, err error) {
	err = t.t.Each(ctx, "uploads_before", p{"at": string(at)}, func(s scan) error {
		var id string
		err := s(&id)
		ids = append(ids, id)
		return err
	})
	return ids, err
}

func (t tx) MoveUpload(ctx context.Context, id string, offset int64, at repair.Instant) error {
	_, err := t.t.Exec(ctx, "move_upload", p{"id": id, "offset": offset, "at": string(at)})
	return err
}

func (t tx) DropUpload(ctx context.Context, id string) error {
	_, err := t.t.Exec(ctx, "drop_upload", p{"id": id})
	return err
}

func (t tx) SaveFile(ctx context.Context, scope repair.AccountID, f repair.FileRef, at repair.Instant) error {
	_, err := t.t.Exec(ctx, "save_file", p{"sha256": f.SHA256, "scope": string(scope), "size": f.Size,
		"type": f.Type, "name": f.Name, "at": string(at)})
	return err
}

func (t tx) File(ctx context.Context, scope repair.AccountID, hash string) (repair.FileRef, bool, error) {
	return t.file(ctx, "file", p{"sha256": hash, "scope": string(scope)})
}

func (t tx) AnyFile(ctx context.Context, hash string) (repair.FileRef, bool, error) {
	return t.file(ctx, "any_file", p{"sha256": hash})
}

func (t tx) file(ctx context.Context, name string, with p) (f repair.FileRef, found bool, err error) {
	found, err = t.t.Row(ctx, name, with, &f.SHA256, &f.Size, &f.Type, &f.Name)
	return f, found, err
}

func (t tx) Grant(ctx context.Context, account repair.AccountID, hash string) error {
	_, err := t.t.Exec(ctx, "save_grant", p{"account": string(account), "sha256": hash})
	return err
}

func (t tx) Granted(ctx context.Context, account repair.AccountID, hash string) (bool, error) {
	var one int
	return t.t.Row(ctx, "grant", p{"account": string(account), "sha256": hash}, &one)
}
