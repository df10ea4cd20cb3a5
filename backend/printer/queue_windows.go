package printer

import (
	"context"
	"errors"
	"fmt"
	"io"
	"unsafe"

	"golang.org/x/sys/windows"
)

// The spooler's functions. Its raw data type hands bytes to the printer as they
// are.
var (
	spooler          = windows.NewLazySystemDLL("winspool.drv")
	enumPrinters     = spooler.NewProc("EnumPrintersW")
	defaultPrinter   = spooler.NewProc("GetDefaultPrinterW")
	openPrinter      = spooler.NewProc("OpenPrinterW")
	closePrinter     = spooler.NewProc("ClosePrinter")
	getPrinter       = spooler.NewProc("GetPrinterW")
	startDocPrinter  = spooler.NewProc("StartDocPrinterW")
	startPagePrinter = spooler.NewProc("StartPagePrinter")
	writePrinter     = spooler.NewProc("WritePrinter")
	endPagePrinter   = spooler.NewProc("EndPagePrinter")
	endDocPrinter    = spooler.NewProc("EndDocPrinter")
	abortPrinter     = spooler.NewProc("AbortPrinter")
)

// PrintsPDF: the spooler renders no PDF. Raw data it passes on.
const PrintsPDF = false

// info4 is PRINTER_INFO_4W: the quick way to the names.
type info4 struct {
	name, server *uint16
	attributes   uint32
}

// info6 is PRINTER_INFO_6: the state.
type info6 struct{ status uint32 }

// docInfo1 is DOC_INFO_1W.
type docInfo1 struct{ name, output, datatype *uint16 }

const (
	enumLocal       = 2 // PRINTER_ENUM_LOCAL
	enumConnections = 4 // PRINTER_ENUM_CONNECTIONS

	// States in which nothing would come out: a queue takes a job with the printer
	// unplugged, and says that all is well.
	statusPaused, statusError, statusPaperOut, statusOffline, statusNotAvailable, statusDoorOpen = 0x1, 0x2, 0x10, 0x80, 0x1000, 0x400000
	notPrinting                                                                                  = statusPaused | statusError | statusPaperOut | statusOffline | statusNotAvailable | statusDoorOpen
)

func queues(context.Context) ([]Queue, error) {
	if err := spooler.Load(); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrNoQueues, err)
	}
	var need, count uint32
	_, _, _ = enumPrinters.Call(enumLocal|enumConnections, 0, 4, 0, 0, uintptr(unsafe.Pointer(&need)), uintptr(unsafe.Pointer(&count)))
	list := []Queue{}
	if need == 0 {
		return list, nil
	}
	buffer := make([]byte, need)
	ok, _, err := enumPrinters.Call(enumLocal|enumConnections, 0, 4, uintptr(unsafe.Pointer(&buffer[0])), uintptr(need),
		uintptr(unsafe.Pointer(&need)), uintptr(unsafe.Pointer(&count)))
	if ok == 0 {
		return nil, fmt.Errorf("%w: %w", ErrQueue, err)
	}
	standard := defaultName()
	for _, p := range unsafe.Slice((*info4)(unsafe.Pointer(&buffer[0])), count) {
		name := windows.UTF16PtrToString(p.name)
		list = append(list, Queue{Name: name, Default: name == standard})
	}
	return list, nil
}

func defaultName() string {
	var size uint32
	_, _, _ = defaultPrinter.Call(0, uintptr(unsafe.Pointer(&size)))
	if size == 0 {
		return ""
	}
	name := make([]uint16, size)
	if ok, _, _ := defaultPrinter.Call(uintptr(unsafe.Pointer(&name[0])), uintptr(unsafe.Pointer(&size))); ok == 0 {
		return ""
	}
	return windows.UTF16ToString(name)
}

// printPDF has no way on Windows: its spooler renders no PDF. The viewer does.
func printPDF(context.Context, Job, io.Reader) error {
	return fmt.Errorf("%w: this system prints no PDF by itself", ErrNoQueues)
}

func printRaw(ctx context.Context, job Job, data io.Reader) (sent int64, err error) {
	name, err := windows.UTF16PtrFromString(job.Queue)
	if err != nil {
		return 0, fmt.Errorf("%w: %w", ErrQueue, err)
	}
	var handle windows.Handle
	if ok, _, err := openPrinter.Call(uintptr(unsafe.Pointer(name)), uintptr(unsafe.Pointer(&handle)), 0); ok == 0 {
		return 0, fmt.Errorf("%w: %w", ErrQueue, err)
	}
	defer func() { _, _, _ = closePrinter.Call(uintptr(handle)) }()
	if err := prints(handle); err != nil {
		return 0, err
	}
	title, err := windows.UTF16PtrFromString(job.Title)
	if err != nil {
		return 0, fmt.Errorf("%w: %w", ErrQueue, err)
	}
	raw, _ := windows.UTF16PtrFromString("RAW")
	doc := docInfo1{name: title, datatype: raw}
	if id, _, err := startDocPrinter.Call(uintptr(handle), 1, uintptr(unsafe.Pointer(&doc))); id == 0 {
		return 0, fmt.Errorf("%w: %w", ErrQueue, err)
	}
	_, _, _ = startPagePrinter.Call(uintptr(handle))
	sent, err = copyTo(ctx, handle, data)
	if err != nil {
		_, _, _ = abortPrinter.Call(uintptr(handle)) // what is not yet at the printer is dropped
		return sent, err
	}
	_, _, _ = endPagePrinter.Call(uintptr(handle))
	if ok, _, err := endDocPrinter.Call(uintptr(handle)); ok == 0 {
		return sent, fmt.Errorf("%w: %w", ErrQueue, err)
	}
	return sent, nil
}

// prints refuses a printer that is not there.
func prints(handle windows.Handle) error {
	var info info6
	var need uint32
	ok, _, err := getPrinter.Call(uintptr(handle), 6, uintptr(unsafe.Pointer(&info)), unsafe.Sizeof(info), uintptr(unsafe.Pointer(&need)))
	if ok == 0 {
		return fmt.Errorf("%w: %w", ErrQueue, err)
	}
	if info.status&notPrinting != 0 {
		return fmt.Errorf("%w: status %#x", ErrUnreachable, info.status)
	}
	return nil
}

func copyTo(ctx context.Context, handle windows.Handle, data io.Reader) (sent int64, err error) {
	buffer := make([]byte, piece)
	for {
		n, readErr := data.Read(buffer)
		for at := 0; at < n; {
			if ctx.Err() != nil {
				return sent, ctx.Err()
			}
			var wrote uint32
			ok, _, err := writePrinter.Call(uintptr(handle), uintptr(unsafe.Pointer(&buffer[at])), uintptr(n-at), uintptr(unsafe.Pointer(&wrote)))
			if ok == 0 || wrote == 0 {
				return sent, fmt.Errorf("%w: %w", ErrStalled, err)
			}
			at += int(wrote)
			sent += int64(wrote)
		}
		if errors.Is(readErr, io.EOF) {
			return sent, nil
		}
		if readErr != nil {
			return sent, fmt.Errorf("read the job: %w", readErr)
		}
	}
}
