package main

import (
	"archive/tar"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
)

// source is one font: where it comes from, the hash it must have, what of it is
// kept.
type source struct {
	file    string // in backend/label/fonts
	pkg     string // npm package below @expo-google-fonts
	version string
	path    string // inside the package
	sum     string // SHA-256 of that file
	keep    func(rune) bool
}

// sources is every font of the fallback chain.
var sources = []source{
	{"NotoSans-Regular.ttf", "noto-sans", "0.4.2", "400Regular/NotoSans_400Regular.ttf",
		"fe8c022f48d8dd29f17b744d16f9346f4357e16f7d4f7be58b000ae7c291b614", nil},
	{"NotoSans-Bold.ttf", "noto-sans", "0.4.2", "700Bold/NotoSans_700Bold.ttf",
		"13a813c49624ae3ba3c5c6e72c5ebffc4b9e1e6ea32f421c04069b037c6ad431", nil},
	{"NotoSansArabic-Regular.ttf", "noto-sans-arabic", "0.4.3", "400Regular/NotoSansArabic_400Regular.ttf",
		"252629ca0e87b6233851249b8cbf7b43445211a8caf199f1b306a19202251508", nil},
	{"NotoSansArabic-Bold.ttf", "noto-sans-arabic", "0.4.3", "700Bold/NotoSansArabic_700Bold.ttf",
		"a86a704ff8b315082f4859b04c2f8f746f4cefb14553ef10505f143e0d4829d3", nil},
	{"NotoSansThai-Regular.ttf", "noto-sans-thai", "0.4.2", "400Regular/NotoSansThai_400Regular.ttf",
		"9acb585d8662ca4ed1b1cf5889dfa1393f8555103b3986e1ea1e3af4faef70bd", nil},
	{"NotoSansSC-Regular.ttf", "noto-sans-sc", "0.4.3", "400Regular/NotoSansSC_400Regular.ttf",
		"d45f67f0a7c0ca3f256950777ce6a61cc7ce5f9696d02900cbbaac25f8aa7d16", inAddresses},
	{"NotoSansSC-Bold.ttf", "noto-sans-sc", "0.4.3", "700Bold/NotoSansSC_700Bold.ttf",
		"9a38ae0ab28cd5a256f9ea8e00dedc688aac17f7915fcb000572990afa956b96", inHeadings},
}

const scope = "@expo-google-fonts/"

// read finds the font and checks its hash. A file with another hash, of another
// version or damaged, is passed over for the next place.
func (s source) read(root string) ([]byte, error) {
	installed := filepath.Join(root, "frontend", "node_modules", filepath.FromSlash(scope+s.pkg), filepath.FromSlash(s.path))
	if data, err := os.ReadFile(installed); err == nil && hash(data) == s.sum {
		return data, nil
	}
	cache := filepath.Join(root, "build", "cache", "fonts")
	archive := filepath.Join(cache, "expo-google-fonts-"+s.pkg+"-"+s.version+".tgz")
	if data, err := s.unpack(archive); err == nil && hash(data) == s.sum {
		return data, nil
	}
	if err := s.fetch(cache); err != nil {
		return nil, err
	}
	data, err := s.unpack(archive)
	if err != nil {
		return nil, fmt.Errorf("unpack %s: %w", archive, err)
	}
	if got := hash(data); got != s.sum {
		return nil, fmt.Errorf("%s of %s%s@%s has hash %s, want %s: it is not the font this build was made for", s.path, scope, s.pkg, s.version, got, s.sum)
	}
	return data, nil
}

func (s source) fetch(cache string) error {
	if _, err := exec.LookPath("npm"); err != nil {
		return errors.New("the label fonts come from npm packages: install Node with npm, or run npm ci in frontend")
	}
	if err := os.MkdirAll(cache, 0o755); err != nil {
		return err
	}
	name := scope + s.pkg + "@" + s.version
	fmt.Println("fontprep: fetching", name)
	cmd := exec.Command("npm", "pack", "--silent", "--pack-destination", cache, name)
	cmd.Dir = cache // away from frontend, whose package.json is none of our business
	cmd.Stderr = os.Stderr
	if err := cmd.Run(); err != nil {
		return fmt.Errorf("npm pack %s: %w", name, err)
	}
	return nil
}

// unpack reads the one file out of the package's archive.
func (s source) unpack(archive string) ([]byte, error) {
	f, err := os.Open(archive)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	zip, err := gzip.NewReader(f)
	if err != nil {
		return nil, err
	}
	for r := tar.NewReader(zip); ; {
		header, err := r.Next()
		if err != nil {
			return nil, fmt.Errorf("find %s: %w", s.path, err)
		}
		if header.Name == "package/"+s.path {
			return io.ReadAll(r)
		}
	}
}
