package compose

import "everykit/bulletin/frozen"

// Input is all that a bulletin is composed of. The same input gives the same content, byte for byte.
type Input struct {
	Snapshot *frozen.Snapshot
	Earlier  []Published // editions that are published, of this area, oldest first: what is revised is told against them
	Slug     string
	Edition  int
	Draft    bool

	PublishedOn string            // 2022-03-29; empty in a draft
	Template    Template          // zero: the usual one of the snapshot's kind and nation, see Usual
	Commentary  map[string]string // Markdown by chapter key
	Titles      map[string]string // active titles that a person wrote, by picture or table key, in place of ours
	Correction  []Correction      // what is put right in this edition and why, of all editions of this period, oldest first
	EarlyAccess []Reader          // who may read it before it is published
	Waived      []Waiver          // checks that were waived, and why: told in the chapter on data quality
	Contact     string            // e-mail or telephone for questions; may be empty
}

// Published is an earlier edition.
type Published struct {
	Slug, Period string
	Edition      int
	On           string // 2021-12-14
	Snapshot     *frozen.Snapshot
}

// Correction is one that was made.
type Correction struct {
	Edition       int
	On, What, Why string
}

// Reader has early access.
type Reader struct{ Who, Why string }

// Waiver is a check that was let pass.
type Waiver struct{ Check, Reason string }
