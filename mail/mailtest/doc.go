// Package mailtest gives tests a real mail server: a process of its own on 127.0.0.1 that keeps what it accepts in a
// folder, and that can be stopped, started again on the same port, and told to be rude: to refuse, to put off, to be
// slow, and to drop the line before or after the end of a text. Nothing of it is a stand-in for our side: the outbox
// speaks SMTP to it as to any other server.
//
// The process is the test program itself, started again with a variable in its environment, so that nothing needs to be
// built or installed; it ends when its standard input does, which is at the latest when the test program ends.
//
// Start reading at Start; process.go is what runs on the other side.
package mailtest
