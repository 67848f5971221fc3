package ssocore

import "portico/ssocore/percent"

// call is one operation ready to be sent.
type call struct {
	op      *operation
	service *service
	request Request
	secrets []Secret // that no error may show
}

// prepare checks an input and makes the request of it.
func (c *Client) prepare(op *operation, given args) (*call, error) {
	if err := op.check(given); err != nil {
		return nil, err
	}
	call := &call{op: op, service: &c.portal}
	if op.api == OIDCAPI {
		call.service = &c.oidc
	}
	call.request = Request{
		Method:  op.verb,
		URL:     call.service.endpoint.url(op, given),
		Header:  op.header(given),
		Body:    op.body(given),
		MaxBody: op.maxBody,
	}
	for i := range given {
		if op.member(given[i].name).secret {
			call.secrets = append(call.secrets, Secret(given[i].text))
		}
	}
	return call, nil
}

// url returns the absolute URL of an operation. A custom endpoint's own query
// comes first.
func (e endpoint) url(op *operation, given args) string {
	b := make([]byte, 0, 256)
	b = append(b, e.base...)
	b = append(b, op.path...)
	separator := byte('?')
	if e.query != "" {
		b = append(append(b, separator), e.query...)
		separator = '&'
	}
	for i := range given {
		if m := op.member(given[i].name); m.in == inQuery {
			b = append(append(b, separator), m.wire...)
			b = percent.Append(append(b, '='), given[i].text)
			separator = '&'
		}
	}
	return string(b)
}

// header returns the header fields of a request: the access token's, or that
// of the body, which is JSON.
func (op *operation) header(given args) Header {
	for i := range given {
		if m := op.member(given[i].name); m.in == inHeader {
			return Header{m.wire: given[i].text}
		}
	}
	return Header{"content-type": "application/json"}
}

// body returns the JSON of the members that go there, or nil if none does.
func (op *operation) body(given args) []byte {
	var o object
	for i := range given {
		switch a := &given[i]; {
		case op.member(a.name).in != inBody:
		case a.kind == kindList:
			o.list(a.name, a.list)
		default:
			o.text(a.name, a.text)
		}
	}
	if o.b == nil {
		return nil
	}
	return append(o.b, '}')
}
