// Package crash is a test and nothing else: it kills the real program, and the real PostgreSQL, with kill -9 while
// workers give kits out, and then asks what was kept; and it kills the program and a real mail server while e-mail is
// written and sent, and then asks who got what. Start reading at crash_test.go and post_test.go.
package crash
