//go:build !nofmt

package ssocore

import (
	"fmt"
	"io"
)

// What package fmt prints of types that hold secrets. A program that is built with
// the tag nofmt has no package fmt to print with, and is smaller by a tenth for it.

// Format writes "[redacted]" whatever the verb.
func (Secret) Format(f fmt.State, _ rune) { io.WriteString(f, redacted) }

// Format writes the method and the host, whatever the verb.
func (r Request) Format(f fmt.State, _ rune) { io.WriteString(f, r.shown()) }

// Format writes the status and the size, whatever the verb.
func (r Response) Format(f fmt.State, _ rune) { io.WriteString(f, r.shown()) }

// Format writes the number of fields, whatever the verb.
func (h Header) Format(f fmt.State, _ rune) { io.WriteString(f, h.shown()) }

// Format keeps the access token in a paginator's parameters from being printed.
func (p *pager) Format(f fmt.State, _ rune) { io.WriteString(f, "paginator of "+p.op.name) }
