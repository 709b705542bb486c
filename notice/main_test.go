package notice_test

import (
	"testing"

	"everykit/store/storetest"
)

func TestMain(m *testing.M) { storetest.Main(m) }
