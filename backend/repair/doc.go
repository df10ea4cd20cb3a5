// Package repair holds the nouns and the rules of a repair case: work order,
// device, parcel, shipment, quote, payment and what may be done with each.
//
// The rules come from a maker's after-sales guide and are numbered R01 to R50.
// Each lives here once, as a row of a table or a pure function; the centre, the
// desk and the screen ask this package and keep no rule of their own. It does no
// I/O, reads no clock and imports nothing else of the program.
package repair
