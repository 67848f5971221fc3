package main

import (
	"bytes"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"
)

// sections gives the texts of a page of docs/store by their headings.
func sections(t *testing.T, page string) map[string]string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("../../docs/store", page))
	if err != nil {
		t.Fatal(err)
	}
	parts := make(map[string]string)
	for i, part := range strings.Split(string(text), "\n## ") {
		if heading, body, _ := strings.Cut(part, "\n"); i > 0 {
			parts[heading] = strings.TrimSpace(body)
		}
	}
	return parts
}

// Each text fits into the forms of all stores that have one for it: Chrome's, Edge's and
// Firefox's, of whose limits the narrowest counts.
func TestTextsForStoresFit(t *testing.T) {
	listing, review := sections(t, "listing.md"), sections(t, "review.md")
	for _, test := range []struct {
		what, text  string
		least, most int
	}{
		{"name", listing["Name"], 1, 45},                     // Edge; Firefox 50, Chrome 75
		{"summary", listing["Summary"], 1, 132},              // Chrome; Firefox 250
		{"description", listing["Description"], 250, 10_000}, // Edge; Firefox 15,000, Chrome 16,000
		{"notes", review["Notes"], 1, 2000},                  // Edge; Firefox 3,000
		{"single purpose", review["Single purpose"], 1, 1000},
		{"remote code", review["Remote code"], 1, 1000},
	} {
		if n := utf8.RuneCountInString(test.text); n < test.least || n > test.most {
			t.Errorf("%s has %d letters, a store takes %d to %d", test.what, n, test.least, test.most)
		}
		if strings.ContainsAny(test.text, "`[") || strings.Contains(test.text, "**") {
			t.Errorf("%s has markup, which stores show as it stands", test.what)
		}
	}
	m := release(t)
	if listing["Name"] != m["name"] || listing["Summary"] != m["description"] {
		t.Errorf("the manifest says %v: %v", m["name"], m["description"])
	}
	terms := strings.Split(listing["Search terms"], ", ") // Edge's rules
	words := 0
	for _, term := range terms {
		words += len(strings.Fields(term))
		if len(term) == 0 || len(term) > 30 {
			t.Errorf("the search term %q is too long", term)
		}
	}
	if len(terms) > 7 || words > 21 {
		t.Errorf("%d search terms of %d words", len(terms), words)
	}
}

// storePictures are two of docs/screens each, side by side: tidy and messy organisations,
// light and dark. Chrome's store takes five.
var storePictures = []struct{ name, left, right string }{
	{"1-find-and-copy", "search-light", "copied-light"},
	{"2-all-at-a-glance", "list-light", "list-dark"},
	{"3-hundreds-of-accounts", "messy-list-dark", "messy-search-light"},
	{"4-sign-in", "add-portal-light", "sign-in-light"},
	{"5-values-and-bookmarks", "values-dark", "bookmarked-dark"},
}

// Pictures for stores are of the one size that all of them take, and of what `make
// screens` has seen last.
func TestPicturesForStoresAreTrue(t *testing.T) {
	made := make(map[string]string)
	for _, p := range storePictures {
		var b bytes.Buffer
		if err := (&png.Encoder{CompressionLevel: png.BestCompression}).Encode(&b, besides(screen(t, p.left), screen(t, p.right))); err != nil {
			t.Fatal(err)
		}
		made[p.name+".png"] = b.String()
	}
	const pictures = "../../docs/store/screens"
	if *update {
		if err := os.RemoveAll(pictures); err != nil {
			t.Fatal(err)
		}
		for name, content := range made {
			write(t, filepath.Join(pictures, name), content)
		}
	}
	if !maps.Equal(folder(t, pictures), made) {
		t.Errorf("docs/store/screens is not of docs/screens: go test ./cmd/pack -run %s -update", t.Name())
	}
}

func screen(t *testing.T, name string) image.Image {
	t.Helper()
	file, err := os.Open(filepath.Join("../../docs/screens", name+".png"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	picture, err := png.Decode(file)
	if err != nil {
		t.Fatal(err)
	}
	return picture
}

// besides puts two pictures of the popup on a ground of 1280 x 800, with a rim each.
func besides(left, right image.Image) image.Image {
	const rim = 1
	all := image.NewNRGBA(image.Rect(0, 0, 1280, 800))
	fill := func(r image.Rectangle, c color.NRGBA) {
		draw.Draw(all, r, image.NewUniform(c), image.Point{}, draw.Src)
	}
	fill(all.Bounds(), color.NRGBA{0xec, 0xeb, 0xfd, 0xff})
	for i, picture := range []image.Image{left, right} {
		size := picture.Bounds().Size()
		at := image.Pt(320-size.X/2+40+i*560, 400-size.Y/2)
		place := image.Rectangle{at, at.Add(size)}
		fill(place.Inset(-rim), color.NRGBA{0xb9, 0xb6, 0xe6, 0xff})
		draw.Draw(all, place, picture, picture.Bounds().Min, draw.Src)
	}
	return all
}
