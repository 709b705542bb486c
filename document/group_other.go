//go:build !unix

package document

import "os/exec"

// apart and endGroup have no process groups here: the program itself is ended by its context.
func apart(*exec.Cmd) {}

func endGroup(*exec.Cmd) {}
