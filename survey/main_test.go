package survey

import (
	"testing"

	"everykit/store/storetest"
)

func TestMain(m *testing.M) { storetest.Main(m) }
