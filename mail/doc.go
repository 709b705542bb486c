// Package mail is what is sent by e-mail: an outbox that is written in the caller's own transaction, handed to a mail
// server afterwards, tried again when that fails, and never sends anything twice by itself.
//
// # What it promises
//
//   - Put writes a message in the transaction of the deed it belongs to: both are kept or neither.
//   - A message has a key ("notice/12/account/7", "digest/2026-11-23/account/7"). Its id is made from area and key, and the
//     id is the primary key: the same key put again is the same message, whatever it then says.
//   - One process at a time sends (outbox_sender holds a lease), however many run on one database.
//   - Each row says what became of it: see State.
//   - What is private (the address of a person who left nothing but that) is sealed with a key that is not in the
//     database, and erased when the message is sent, given up or dropped. Other texts and addresses are erased by Tidy.
//   - No log line, error or reason that is kept holds an address, a subject or a text.
//
// # Exactly once, as near as SMTP allows
//
// Until the line with the single dot that ends the text has gone out, the mail server has accepted nothing: whatever
// breaks, it is safe to try again. When its answer (250) has come in, it has accepted the message and it is its to
// deliver: sending again would be a second one. Between the two lies a moment in which the server may or may not have
// taken it, and no answer that is lost can tell us which. SMTP has no question "did you get this?", so nobody can do
// better than choose: send again and sometimes double, or do not and sometimes lose. (RFC 1047 describes it; the usual
// mail program doubles.)
//
// This outbox does neither by itself. Just before the dot the row is committed as Closing; after the answer as Sent. A
// row found Closing by a process that did not see the answer becomes Unsure: it is not sent again, it is listed
// (Unsure), it is counted (Counts), and a person who has asked the receiver may SendAgain or Drop it. The moment is as
// short as we can make it: the text is flushed before the commit, and the line is looked at once more after it, so that
// a connection that broke earlier is not taken for one that broke there. The Message-ID comes from the id, so that a
// message that a person does send again can be recognised.
//
// A process that lost its lease without noticing (a machine that slept) does no harm: each try has a token of its own,
// and the commit before the dot fails when the row has another.
//
// # Where to start reading
//
// Message and Outbox.Put, then pass.go for the loop, conversation.go for the dot, and backoff.go for the waiting.
package mail
