// Package scan reads codes from a photo: for those whose browser cannot read the camera's picture itself.
//
// Picture takes a JPEG or PNG as it came from a telephone and gives the codes in it as text that gs1.Parse takes: the symbology
// identifier first (]d2 is a GS1 DataMatrix), FNC1 kept as gs1.Separator. A separator stands right after the identifier of
// every GS1 code, which tells gs1.Parse that this reader loses none, so that it need not ask.
//
// What it promises.
//
//   - A photo is somebody's: nothing of it is kept, written down or put into an error.
//   - A hostile picture costs little. Bytes, pixels, the memory they take and the passes over them are bounded before
//     anything is decoded (limit.go), the search takes a bounded number of steps (search.go), and a panic of a decoder is an
//     answer of "nothing found". One picture takes about a second of one processor at worst; callers say how many at a time.
//   - It reads what GS1 puts on packs (DataMatrix, QR, EAN-13 with UPC-A, EAN-8, GS1-128) at any turn, small in a large
//     photo, light on dark, and beside other print. A barcode counts only if two of its rows say the same.
//   - If there is nothing to be read, the fault says so, and to type it instead.
//
// It is a leaf: no SQL and no HTTP. The decoders are those of gozxing; its search for a DataMatrix looks at the middle of a
// picture only, so search.go looks for places that may be the middle of one.
//
// Start reading at Picture in picture.go, then search.go.
package scan
