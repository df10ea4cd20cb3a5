package app

import "os"

// prepareWindow runs before anything of GTK does.
func prepareWindow() error {
	if os.Getenv("DISPLAY") == "" && os.Getenv("WAYLAND_DISPLAY") == "" {
		return ErrNoDisplay
	}
	// With NVIDIA's module WebKit's DMA-BUF renderer leaves windows blank.
	const dmabuf = "WEBKIT_DISABLE_DMABUF_RENDERER"
	if _, set := os.LookupEnv(dmabuf); set {
		return nil
	}
	if _, err := os.Stat("/sys/module/nvidia"); err != nil {
		return nil
	}
	return os.Setenv(dmabuf, "1")
}
