package message_test

import (
	"reflect"
	"testing"

	"pgregory.net/rapid"

	"portico/internal/message"
)

// onTheWire is what becomes of fields between popup and worker: values are
// texts, and those that are empty may be missing at the other end.
func onTheWire(f message.Fields) message.Fields { return message.ParseText(f.Text()) }

// crosses checks that any value of a type comes back from its message form.
func crosses[T any](t *testing.T, fields func(T) message.Fields, from func(message.Fields) T) {
	t.Helper()
	t.Run(reflect.TypeFor[T]().Name(), rapid.MakeCheck(func(t *rapid.T) {
		v := drawStruct[T](t)
		if got := from(onTheWire(fields(v))); !reflect.DeepEqual(got, v) {
			t.Fatalf("%+v comes back as %+v", v, got)
		}
		if got := from(fields(v)); !reflect.DeepEqual(got, v) {
			t.Fatalf("%+v reads as %+v", v, got)
		}
	}))
}

// drawStruct fills a struct of texts, numbers and truth values, field by field,
// so that a field that its message form forgets is found.
func drawStruct[T any](t *rapid.T) T {
	var v T
	draw(t, reflect.ValueOf(&v).Elem())
	return v
}

func draw(t *rapid.T, s reflect.Value) {
	for i := range s.NumField() {
		name := s.Type().Field(i).Name
		switch f := s.Field(i); f.Kind() {
		case reflect.String:
			f.SetString(hostile.Draw(t, name))
		case reflect.Int64:
			f.SetInt(rapid.Int64().Draw(t, name))
		case reflect.Bool:
			f.SetBool(rapid.Bool().Draw(t, name))
		case reflect.Struct:
			draw(t, f)
		case reflect.Pointer: // Status.Problem, drawn by its test
		default:
			panic("what is " + name + "?")
		}
	}
}

func TestEveryRequestAndResultCrosses(t *testing.T) {
	crosses(t, message.PortalRef.Fields, message.PortalRefFrom)
	crosses(t, message.NewPortal.Fields, message.NewPortalFrom)
	crosses(t, message.Access.Fields, message.AccessFrom)
	crosses(t, message.Role.Fields, message.RoleFrom)
	crosses(t, message.Visit.Fields, message.VisitFrom)
	crosses(t, message.Order.Fields, message.OrderFrom)
	crosses(t, message.Values.Fields, message.ValuesFrom)
	crosses(t, message.Secret.Fields, message.SecretFrom)
	crosses(t, message.Told.Fields, message.ToldFrom)
	crosses(t, message.Copy.Fields, message.CopyFrom)
	crosses(t, message.Owned.Fields, message.OwnedFrom)
	crosses(t, message.Text.Fields, message.TextFrom)
	crosses(t, message.Sample.Fields, message.SampleFrom)
	crosses(t, message.Profiles.Fields, message.ProfilesFrom)
	crosses(t, message.Config.Fields, message.ConfigFrom)
	crosses(t, message.Settings.Fields, message.SettingsFrom)
	crosses(t, message.Bookmarked.Fields, message.BookmarkedFrom)
	crosses(t, message.SignedOut.Fields, message.SignedOutFrom)
	crosses(t, message.Woken.Fields, message.WokenFrom)
	crosses(t, message.Settings.Fields, message.SettingsFrom)
}

func drawError(t *rapid.T) *message.Error {
	e := drawStruct[message.Error](t)
	e.Code = rapid.SampledFrom([]message.Code{message.InvalidInput, message.UnknownPortal, message.NeedsAccess, message.NotSignedIn,
		message.Expired, message.CodeExpired, message.Denied, message.NotAssigned, message.Throttled, message.Offline,
		message.PortalFault, message.Unconfirmed, message.Internal}).Draw(t, "code")
	return &e
}

func TestEveryErrorCrosses(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		e := drawError(t)
		if got := message.ErrorFrom(onTheWire(e.Fields())); !reflect.DeepEqual(got, e) {
			t.Fatalf("%+v comes back as %+v", e, got)
		}
	})
}

func TestNoCodeIsNoError(t *testing.T) {
	for _, f := range []message.Fields{nil, {}, {"message": "hello"}} {
		if got := message.ErrorFrom(f); got != nil {
			t.Errorf("%v reads as %+v", f, got)
		}
	}
}

func TestAnErrorsTextIsMessageAndHint(t *testing.T) {
	for _, test := range []struct {
		e    message.Error
		want string
	}{
		{message.Error{Message: "No answer.", Hint: "Try again."}, "No answer. Try again."},
		{message.Error{Message: "No answer."}, "No answer."},
	} {
		if got := test.e.Error(); got != test.want {
			t.Errorf("got %q, want %q", got, test.want)
		}
	}
}
