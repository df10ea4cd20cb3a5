package atomicfile

// SyncDir has nothing to do: Windows cannot sync a folder, and NTFS journals names.
func SyncDir(string) error { return nil }
