// Command everykit is the system of record for take-home naloxone: every kit bought, held, given out, used, expired, recalled or
// lost, and what that says about coverage in every local authority.
//
// This file only starts and ends the program: a signal ends the context that everything runs in, and the exit code is 0
// for done, 1 for failed, 2 for wrong usage. Start reading at package cli, which holds one file a command; the rooms and
// which may import which are in arrows_test.go.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"

	"everykit/cli"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // a second signal ends the program at once
	code := cli.Run(ctx, os.Args[1:], cli.Process())
	stop()
	os.Exit(code)
}
