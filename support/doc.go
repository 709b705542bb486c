// Package support is help with gaps: what an authority asks, what the nation answers, who does what by when, and the
// guidance shown beside the gaps it helps with.
//
// An action belongs to one authority and to one kind of gap. An authority asks, and the nation answers with guidance, a
// call, or spare kits of another authority; or either of them plans what is to be done. Package scorecard finds the gaps
// and counts recommendation 6 as met where each has an action with an owner and a day.
//
// # What it promises
//
//   - An ask carries an id made with its form: the same again is the same ask, another body under it a conflict.
//   - A change names the version it was made on. One made on an older version is a conflict and changes nothing, so that
//     two people who answer at once do not undo each other.
//   - What was done is kept: History holds each step with who and when, and nothing takes a step away.
//   - Kits are sent by whoever may move kits at the outlet they leave, and by the ledger's own deed. This room keeps only
//     which transfer belongs to which action. Whether kits were sent or have arrived is read from the ledger each time, so
//     the two cannot disagree: a dispatch that is reversed is gone from its action too. An action is done when all
//     that was asked has arrived.
//   - A guidance page keeps every version. The pages that come with the program stand until a nation writes its own.
//
// # Rights
//
// staff.AskSupport at the authority: ask; change, withdraw or carry out what is its own. staff.GiveSupport at its nation:
// everything else, among it the refusal, the authority that is to give kits (Action.From), and guidance. staff.MoveKits at
// the outlet that gives: Send. May says which of these somebody has.
//
// # Where to start reading
//
// Action in action.go, then ask.go and change.go; send.go and sent.go for kits; page.go and starter.go for guidance.
package support
