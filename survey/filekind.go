package survey

import (
	"everykit/table"
)

// AnswersFile is the kind of file that holds answers.
const AnswersFile = "answers"

// Columns of the kind, by position.
const (
	colRound = iota
	colAuthority
	colQuestion
	colAnswer
	colState
	colSource
)

// Kind describes the columns of a file of answers. None is marked as needed, though the first three are: what an empty cell
// there most often comes from (cells merged in a spreadsheet, a row of totals) deserves a sentence of its own.
func Kind() table.Kind {
	return table.Kind{Name: AnswersFile, Columns: []table.Column{
		colRound:     {Name: "round", Example: "2017/18", Aliases: []string{"year", "period", "survey", "fin_year"}},
		colAuthority: {Name: "authority", Example: "E09000002", Aliases: []string{"area", "code", "local_authority", "respondent", "authority_code", "name"}},
		colQuestion:  {Name: "question", Example: "dispensed", Aliases: []string{"key", "question_number"}},
		colAnswer:    {Name: "answer", Example: "58", Aliases: []string{"value", "response", "reply"}},
		colState:     {Name: "state", Example: "reported", Aliases: []string{"status"}},
		colSource:    {Name: "source", Example: "letter of 3 March", Aliases: []string{"note", "reference"}},
	}}
}
