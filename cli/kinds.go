package cli

import (
	"slices"
	"strings"

	"everykit/ledger"
	"everykit/measure"
	"everykit/notice"
	"everykit/registry"
	"everykit/survey"
	"everykit/table"
)

// fileKinds are all kinds of file that go in and out, in an order in which they can be imported.
func fileKinds() []table.Kind {
	return append(slices.Concat(registry.Kinds(), ledger.Kinds()), measure.Kind(), notice.Kind(), survey.Kind())
}

func kindNames(kinds []table.Kind) []string {
	names := make([]string, len(kinds))
	for i, k := range kinds {
		names[i] = k.Name
	}
	return names
}

// fileKind finds a kind by its name, in any case.
func fileKind(name string) (table.Kind, error) {
	folded := table.Fold(name)
	for _, k := range fileKinds() {
		if k.Name == folded {
			return k, nil
		}
	}
	names := kindNames(fileKinds())
	return table.Kind{}, usage("there is no kind of file called %q%s", name, meant(folded, names)).try("one of %s", strings.Join(names, ", "))
}

func isKind(kinds []table.Kind, name string) bool { return slices.Contains(kindNames(kinds), name) }

// kindsHelp is the list of kinds for a command's help.
func kindsHelp() string { return "KIND is one of " + strings.Join(kindNames(fileKinds()), ", ") + "." }
