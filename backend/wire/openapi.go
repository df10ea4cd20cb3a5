package wire

import _ "embed"

//go:embed openapi.json
var openAPI []byte

// OpenAPI gives the OpenAPI 3.1 document of the contract, as a centre serves it.
// A test writes it from the types of this package and of package repair, and
// fails when it is not up to date.
func OpenAPI() []byte { return openAPI }
