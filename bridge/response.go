//go:build js && wasm

package bridge

import (
	"context"
	"errors"
	"strconv"
	"syscall/js"

	"portico/bridge/webext"
	"portico/internal/wrap"
	"portico/ssocore"
)

var errRedirect = errors.New("redirect refused")

// check refuses what fetch resolved with if it is no plain answer. A browser's
// fetch has rejected redirects by now; an injected one may know nothing of the
// option.
func check(answer js.Value) error {
	if !answer.InstanceOf(js.Global().Get("Response")) {
		return errors.New("fetch did not answer with a response")
	}
	switch kind := answer.Get("type").String(); kind {
	case "opaqueredirect":
		return errRedirect
	case "opaque", "error":
		return errors.New("fetch answered with a response of type " + strconv.Quote(kind))
	}
	if answer.Get("redirected").Bool() {
		return errRedirect
	}
	switch answer.Get("status").Int() {
	case 301, 302, 303, 307, 308:
		return errRedirect
	}
	return nil
}

// headerOf copies a Headers object, whose names are lower case already.
func headerOf(headers js.Value) ssocore.Header {
	pairs := js.Global().Get("Array").Call("from", headers)
	header := make(ssocore.Header, pairs.Length())
	for i := range pairs.Length() {
		name, value := pairs.Index(i).Index(0).String(), pairs.Index(i).Index(1).String()
		if earlier, ok := header[name]; ok { // only set-cookie comes in several
			value = earlier + ", " + value
		}
		header[name] = value
	}
	return header
}

// readBody reads the stream body, which is null if the answer has none, and
// stops beyond limit. The browser has undone any content encoding, so limit
// bounds what is held in memory.
func readBody(ctx context.Context, body js.Value, limit int) ([]byte, error) {
	if body.IsNull() || body.IsUndefined() {
		return nil, nil
	}
	reader, err := webext.Call(body, "getReader")
	if err != nil {
		return nil, err
	}
	// Cancelling ends a read that waits, even if the stream knows no signal.
	stop := context.AfterFunc(ctx, func() { cancel(reader) })
	defer stop()

	var read []byte
	for {
		chunk, err := readChunk(reader)
		switch {
		case err != nil:
			cancel(reader)
			return nil, err
		case ctx.Err() != nil: // the end may be that of the cancelling
			return nil, webext.Cause(ctx)
		case chunk.IsUndefined():
			return read, nil
		}
		size := chunk.Get("byteLength").Int()
		if size > limit-len(read) {
			cancel(reader)
			return nil, wrap.Doing("more than "+strconv.Itoa(limit)+" bytes", ssocore.ErrBodyTooLarge)
		}
		start := len(read)
		read = append(read, make([]byte, size)...)
		js.CopyBytesToGo(read[start:], chunk)
	}
}

// readChunk returns the next Uint8Array of the stream; undefined at its end.
func readChunk(reader js.Value) (js.Value, error) {
	promise, err := webext.Call(reader, "read")
	if err != nil {
		return js.Undefined(), err
	}
	result, err := webext.Await(context.Background(), promise)
	if err != nil {
		return js.Undefined(), err
	}
	if result.Get("done").Bool() {
		return js.Undefined(), nil
	}
	chunk := result.Get("value")
	if !chunk.InstanceOf(js.Global().Get("Uint8Array")) {
		return js.Undefined(), errors.New("body is no stream of bytes")
	}
	return chunk, nil
}

// discard ends the connection of an answer that nobody will read.
func discard(answer js.Value) {
	if !answer.InstanceOf(js.Global().Get("Response")) {
		return
	}
	if body := answer.Get("body"); !body.IsNull() && !body.IsUndefined() {
		cancel(body)
	}
}

// cancel cancels a stream or its reader. Nobody waits for it and its failure
// changes nothing, but a rejection that is not handled would be reported.
func cancel(stream js.Value) {
	promise, err := webext.Call(stream, "cancel")
	if err == nil {
		go webext.Await(context.Background(), promise)
	}
}
