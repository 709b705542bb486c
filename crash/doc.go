// Package crash is a test and nothing else: it kills the real program, and the real PostgreSQL, with kill -9 while
// workers give kits out, and then asks what was kept. Start reading at crash_test.go.
package crash
