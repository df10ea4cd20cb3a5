// Package desk is what a person does at the desk: drafting, importing, sending,
// packing, answering quotes, paying, and the bench's deeds. One deed is one
// method and one transaction.
//
// Deeds read what the cache knows and write only the vault; what the centre
// must hear of goes to the outbox as frozen bytes. The rules are asked here to
// spare a person a refusal; the centre has the last word.
//
// Views (the types returned) are plain data for the window and the terminal:
// strings, integers, lists; lists are never nil.
package desk
