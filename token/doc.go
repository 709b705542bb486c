// Package token makes the tokens of personal links and reads them. It is numbers and letters only: which link one belongs
// to, and how long it is good for, the rooms that give links out know.
//
// What it promises: a token holds 128 bits that nobody can guess, and the area it belongs to, so that it is found among the
// rows of that area; what is kept is a hash, from which no token can be made; each token has one way to be written, capitals
// and spaces round it forgiven, in letters that can be copied from paper.
//
// Start reading at New and Read.
package token
