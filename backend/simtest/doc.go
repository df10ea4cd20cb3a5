// Package simtest proves that nothing is lost. It runs three desks and a centre
// in one process under a clock of its own, lets people work while the network,
// the clocks and the programs fail, and then holds what happened against the
// invariants of the protocol, each named in what it prints (inv.W1, inv.R7 …).
//
// A run is a list of steps made from a seed. A list that breaks an invariant is
// made shorter until nothing can be left out, printed, and kept in testdata, from
// where every later run tries it first.
//
// Real are the deeds, the syncer, the client, the handlers, the rules and the
// SQLite files. Made up are the people, the network between client and handler,
// and time.
package simtest
