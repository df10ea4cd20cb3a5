// Package webdesk serves the window's page and its bound structs to a browser on
// the same PC: for a machine without a display, for development and for
// end-to-end tests. Nothing of the contract is written twice: a call finds its
// method by reflection, so the generated frontend/wailsjs works in both.
//
//	POST /session               the secret of the printed address, for a cookie
//	POST /call/{Struct}/{Method} arguments as a JSON array; the result as JSON
//	GET  /events                the program's events, as server-sent events
//	     /local/...             as in the window
//	GET  /webdesk.js            what window.go and window.runtime are in a browser
//
// Only this PC can reach it, only with the secret that is printed at the start,
// and only from its own page: another site in the same browser is refused.
package webdesk
