package find_test

import (
	"os"
	"testing"

	"everykit/web/browser"
)

func TestMain(m *testing.M) { os.Exit(browser.Main(m)) }
