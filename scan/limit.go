package scan

import (
	"bytes"
	"image"
	"image/color"
	_ "image/jpeg" // the two kinds that are read
	_ "image/png"
	"io"

	"everykit/fault"
)

// Bounds of what is decoded. A telephone's photo has 8 to 12 megapixels and some megabytes; one of 40 megapixels whose
// colours are as fine as a JPEG has them takes 120 MB for a moment.
const (
	mostBytes       = 12 << 20
	mostPixels      = 40_000_000
	mostMemory      = 160 << 20
	mostProgressive = 16_000_000 // pixels of a JPEG that is built up in passes, which takes four times the memory
	mostPasses      = 64         // of such a one: each goes over all pixels
	leastSide       = 20         // of a picture in which there could be a code
)

// load decodes a picture after it has been measured, and gives its light and dark, no larger than needed.
func load(r io.Reader) (*image.Gray, error) {
	body, err := io.ReadAll(io.LimitReader(r, mostBytes+1))
	if err != nil {
		return nil, fault.New(fault.Invalid, "the photo did not arrive whole").Hint("send it again").Because(err)
	}
	if len(body) > mostBytes {
		return nil, fault.New(fault.Invalid, "the photo is larger than %d MB", mostBytes>>20).Hint("take it again with fewer pixels, or type what is on the pack")
	}
	if err := measure(body); err != nil {
		return nil, err
	}
	img, _, err := image.Decode(bytes.NewReader(body))
	if err != nil {
		return nil, unreadable(err)
	}
	return shrink(img, mostSide), nil
}

func unreadable(err error) *fault.Error {
	return fault.New(fault.Invalid, "this is not a photo that can be read: it is damaged, or neither JPEG nor PNG").
		Hint("take the photo again, or type what is on the pack").Because(err)
}

// measure refuses what would cost too much to decode.
func measure(body []byte) error {
	config, kind, err := image.DecodeConfig(bytes.NewReader(body))
	if err != nil {
		return unreadable(err)
	}
	pixels, large := config.Width*config.Height, fault.New(fault.Invalid, "the photo has too many pixels: %d by %d", config.Width, config.Height).
		Hint("take it again with fewer than %d megapixels, or type what is on the pack", mostPixels/1_000_000)
	switch {
	case config.Width < leastSide || config.Height < leastSide:
		return fault.New(fault.Invalid, "the photo is too small: %d by %d pixels", config.Width, config.Height).Hint("take it again from nearer, or type what is on the pack")
	case config.Width > mostPixels || config.Height > mostPixels || pixels > mostPixels || pixels*depth(config.ColorModel) > mostMemory:
		return large
	case kind == "jpeg" && isProgressive(body) && (pixels > mostProgressive || bytes.Count(body, []byte{0xff, 0xda}) > mostPasses):
		return large
	}
	return nil
}

// depth is how many bytes a pixel takes at most when decoded.
func depth(m color.Model) int {
	switch m {
	case color.RGBA64Model, color.NRGBA64Model:
		return 8
	case color.GrayModel:
		return 1
	case color.Gray16Model:
		return 2
	case color.YCbCrModel:
		return 3
	}
	if _, ok := m.(color.Palette); ok {
		return 1
	}
	return 4
}

// isProgressive reports whether a JPEG is built up in passes (marker SOF2), by a walk over what stands before its first pass.
func isProgressive(body []byte) bool {
	for at := 2; at+4 <= len(body) && body[at] == 0xff; {
		switch marker := body[at+1]; {
		case marker == 0xc2:
			return true
		case marker == 0xda:
			return false
		case marker == 0xff: // filling
			at++
			continue
		}
		at += 2 + int(body[at+2])<<8 + int(body[at+3])
	}
	return bytes.Contains(body, []byte{0xff, 0xc2}) // not as the book has it: take the dear case
}
