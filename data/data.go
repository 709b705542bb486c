// Package data is what Everykit ships with: the areas of the United Kingdom's programmes, the products, the
// published estimates, notices about lots, totals that were published, answers to the questionnaire of 2016/17 and
// 2017/18, and research to begin a library with, as files in the shapes that Everykit imports. README.md beside them names the source of each number and says
// what was deduced.
package data

import _ "embed"

// The files, as CSV. Nobody may change the bytes.
var (
	//go:embed areas.csv
	Areas []byte
	//go:embed products.csv
	Products []byte
	//go:embed estimates.csv
	Estimates []byte
	//go:embed notices.csv
	Notices []byte
	//go:embed returns.csv
	Returns []byte
	//go:embed answers.csv
	Answers []byte
	//go:embed library.csv
	Library []byte
)
